"""What a cell of a table may say: each is written in one way, or refused with the reason."""

import re
from collections.abc import Callable, Mapping

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import override

from glossaire.liaison import cle_de
from glossaire.models import TermePage
from glossaire.noms import LONGUEUR
from glossaire.tableau import (
    LISTES,
    PAR_NOM,
    RELATIONS,
    VIDER,
    VOCABULAIRES,
    cellule_de_sources,
    joindre,
    lignes_de,
    sources_lues,
    une_ligne,
    valeurs,
)

IDENTIFIANT = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
LONGUEUR_LISTE = 2000
TITRE, AUTEUR, URL = 200, 160, 500
ANNEES = range(1800, 2101)
NON_VIDABLES = ("terme", "definition")


class CelluleRefusee(ValueError):  # noqa: N818 -- what happened, in the words of the screen
    """Why a cell is not taken."""


def choix(nom: str) -> dict[str, str]:
    """The values that a column of choices accepts, with what they mean."""
    kinds = {"nature": TermePage.NatureGrammaticale, "genre": TermePage.GenreGrammatical}
    with override("fr"):
        return {str(value): str(label) for value, label in kinds[nom].choices}


def normaliser(nom: str, texte: str, vocabulaires: Mapping[str, Mapping[str, str]]) -> str:
    """Return a cell as an export would write it. Raises `CelluleRefusee`."""
    if texte == VIDER:
        if nom in NON_VIDABLES:
            raise CelluleRefusee("ce texte est obligatoire, il ne peut pas être effacé.")
        if nom in RELATIONS:
            raise CelluleRefusee("un tableau n’enlève pas de liens entre les mots. Enlevez-les dans l’éditeur.")
        return ""
    if len(texte) > PAR_NOM[nom].longueur:
        raise CelluleRefusee(f"{len(texte)} signes, et {PAR_NOM[nom].longueur} au plus.")
    if nom in VOCABULAIRES:
        return _vocabulaire(texte, vocabulaires[nom])
    return CONVERSIONS.get(nom, une_ligne)(texte)


def _liste(texte: str) -> str:
    found = valeurs(texte)
    if long := next((mot for mot in found if len(mot) > LONGUEUR), None):
        raise CelluleRefusee(f"« {long[:30]}… » dépasse {LONGUEUR} signes.")
    if len("\n".join(found)) > LONGUEUR_LISTE:
        raise CelluleRefusee(f"la liste dépasse {LONGUEUR_LISTE} signes.")
    return joindre(found)


def _paragraphes(texte: str) -> str:
    return "\n".join(lignes_de(texte))


def _choix(nom: str) -> Callable[[str], str]:
    def convert(texte: str) -> str:
        known = choix(nom)
        accepted = {cle_de(word): value for value, label in known.items() for word in (value, label)}
        if (value := accepted.get(cle_de(texte))) is None:
            raise CelluleRefusee(f"« {texte} » n’est pas accepté. Valeurs acceptées : {', '.join(known)}.")
        return value

    return convert


def _vocabulaire(texte: str, accepted: Mapping[str, str]) -> str:
    found, unknown = set(), []
    for word in valeurs(texte):
        slug = accepted.get(cle_de(word))
        if slug is None:
            unknown.append(f"« {word} »")
        else:
            found.add(slug)
    if unknown:
        known = ", ".join(sorted(set(accepted.values()))) or "aucune"
        verb = "n’est pas accepté" if len(unknown) == 1 else "ne sont pas acceptés"
        raise CelluleRefusee(f"{', '.join(unknown)} {verb}. Valeurs acceptées : {known}.")
    return joindre(sorted(found))


def _sources(texte: str) -> str:
    return cellule_de_sources([_source(parts) for parts in sources_lues(texte)])


def _source(parts: list[str]) -> dict[str, str]:
    if len(parts) > 4:
        raise CelluleRefusee(
            f"la source « {parts[0][:40]} » a plus de quatre parties : titre ; auteur ; année ; adresse. Écrivez \\;"
            " pour un point-virgule dans un titre."
        )
    titre, auteur, annee, url = [*parts, "", "", ""][:4]
    if not titre:
        raise CelluleRefusee("une source n’a pas de titre.")
    if len(titre) > TITRE or len(auteur) > AUTEUR or len(url) > URL:
        raise CelluleRefusee(f"la source « {titre[:40]} » est trop longue.")
    if annee and not (annee.isascii() and annee.isdigit() and int(annee) in ANNEES):
        raise CelluleRefusee(f"« {annee[:20]} » n’est pas une année (source « {titre[:40]} »).")
    if url:
        try:
            URLValidator(schemes=["http", "https"])(url)
        except ValidationError as error:
            raise CelluleRefusee(f"« {url[:60]} » n’est pas une adresse (source « {titre[:40]} »).") from error
    return {"titre": titre, "auteur": auteur, "annee": annee, "url": url}


def _identifiants(texte: str) -> str:
    return joindre(sorted(valeurs(texte.replace(",", "|"))))


CONVERSIONS: dict[str, Callable[[str], str]] = {
    **dict.fromkeys(LISTES, _liste),
    **dict.fromkeys(RELATIONS, _identifiants),
    "explication": _paragraphes,
    "exemple": _paragraphes,
    "nature": _choix("nature"),
    "genre": _choix("genre"),
    "sources": _sources,
}
