"""The lines of a text in FALC, as a reading group goes through them: numbered, one after the other."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from bs4 import BeautifulSoup

# Words, whether they are a title, and the picture beside them.
Ligne = tuple[str, bool, Any]


@dataclass(frozen=True)
class LigneLue:
    """One line: its number in the page, its words, the picture beside it, and whether it is a title."""

    numero: int
    texte: str
    titre: bool = False
    image: Any = None


def lignes_lues(page: Any) -> list[LigneLue]:
    """Return every line of a page in FALC, its title first."""
    found: list[Ligne] = [(page.title, True, None)]
    if resume := getattr(page, "resume", "") or getattr(page, "accroche", ""):
        found.append((resume, False, getattr(page, "illustration", None)))
    for bloc in page.texte_falc:
        found += _BLOCS[bloc.block_type](bloc.value)
    return [LigneLue(rank, texte, titre, image) for rank, (texte, titre, image) in enumerate(found, start=1)]


def _titre(value: Any) -> Iterator[Ligne]:
    yield value["texte"], True, None


def _lignes(value: Any) -> Iterator[Ligne]:
    yield from _riche(value["texte"], value["pictogramme"])


def _mot_explique(value: Any) -> Iterator[Ligne]:
    yield value["mot"], True, value["pictogramme"]
    yield from _riche(value["explication"])


def _question(value: Any) -> Iterator[Ligne]:
    yield value["question"], True, value["pictogramme"]
    yield from _riche(value["reponse"])


def _encadre(value: Any) -> Iterator[Ligne]:
    yield value["titre"] or value.nom_genre, True, None
    yield from _riche(value["texte"])


def _etapes(value: Any) -> Iterator[Ligne]:
    for rank, step in enumerate(value, start=1):
        yield f"{rank}. {step['titre']}", True, step["pictogramme"]
        yield from _riche(step["texte"])


def _image(value: Any) -> Iterator[Ligne]:
    yield value["legende"] or "Image", False, value["image"]


def _document(value: Any) -> Iterator[Ligne]:
    if value["document"]:
        yield f"Document : {value['document'].title}", False, None


def _liens(value: Any) -> Iterator[Ligne]:
    if value["titre"]:
        yield value["titre"], True, None
    for link in value["liens"]:
        yield f"Lien : {link['texte']}", False, None


def _riche(html: Any, image: Any = None) -> Iterator[Ligne]:
    """Yield the paragraphs and the items of a rich text; the picture stands beside the first."""
    source = getattr(html, "source", html) or ""
    for line in BeautifulSoup(source, "html.parser").find_all(["p", "li"]):
        if words := " ".join(line.get_text().split()):
            yield words, False, image
            image = None


_BLOCS: dict[str, Callable[[Any], Iterator[Ligne]]] = {
    "titre": _titre,
    "lignes": _lignes,
    "mot_explique": _mot_explique,
    "question": _question,
    "encadre": _encadre,
    "etapes": _etapes,
    "image": _image,
    "document": _document,
    "liens": _liens,
}
