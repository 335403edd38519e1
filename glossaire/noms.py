"""What a term is called, from what its page says."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from glossaire.liaison import cle_de, formes_regulieres

if TYPE_CHECKING:
    from glossaire.models import TermePage

LONGUEUR = 200


@dataclass(frozen=True)
class Nom:
    """One name of a term, what kind it is (`NomDeTerme.Genre`), and the field that it comes from."""

    texte: str
    cle: str
    genre: str
    champ: str


def lignes(texte: str) -> list[str]:
    """The lines of a field that holds one name per line."""
    return [ligne for each in texte.splitlines() if (ligne := " ".join(each.split()))]


def noms_de(page: "TermePage", langue: str) -> list[Nom]:
    """Every name of a term, each spelling once: names first, then the forms that texts may have."""
    noms = [
        ("prefere", "title", [page.title]),
        ("autre", "autres_noms", lignes(page.autres_noms)),
        ("developpe", "developpe", [page.developpe]),
        ("sigle", "sigle", [page.sigle]),
        ("forme", "formes", lignes(page.formes)),
    ]
    found: dict[str, Nom] = {}
    for genre, champ, textes in noms:
        _ajouter(found, genre, champ, textes)
    written = [nom for nom in found.values() if nom.genre not in {"sigle", "forme"}]
    for nom in written:
        _ajouter(found, "forme", nom.champ, sorted(formes_regulieres(nom.texte, langue)))
    return list(found.values())


def _ajouter(found: dict[str, Nom], genre: str, champ: str, textes: Iterable[str]) -> None:
    for texte in textes:
        cle = cle_de(texte)[:LONGUEUR]
        if cle:
            found.setdefault(cle, Nom(texte[:LONGUEUR], cle, genre, champ))


def sans_formes(noms: Iterable[Nom]) -> Iterator[Nom]:
    """The names that one term alone may have in its language."""
    return (nom for nom in noms if nom.genre != "forme")
