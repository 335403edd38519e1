"""What a text in FALC starts from: the French text, cut one sentence per line, without what FALC has no place for."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any
from uuid import uuid4

from bs4 import BeautifulSoup
from django.utils.text import Truncator
from wagtail.fields import StreamField
from wagtail.models import Page

from variantes.blocks.falc import EtapeFalcBlock, QuestionFalcBlock
from variantes.operations.lignes_falc import lignes, lignes_de_texte

Bloc = dict[str, Any]
TITRE_ETAPE: int = EtapeFalcBlock().child_blocks["titre"].field.max_length
QUESTION: int = QuestionFalcBlock().child_blocks["question"].field.max_length


def texte_de_depart(page: Any) -> list[Bloc]:
    """Return the stored text in FALC made from the ordinary fields of a French page."""
    found: list[Bloc] = []
    for name, titre in page.depart_falc:
        field, value = page._meta.get_field(name), getattr(page, name)
        blocs = list(_du_flux(value.raw_data)) if isinstance(field, StreamField) else list(_riche(value))
        if blocs and titre:
            found.append(_bloc("titre", {"texte": titre, "niveau": "h2"}))
        found += blocs
    return found


def _bloc(kind: str, value: Any) -> Bloc:
    return {"type": kind, "value": value, "id": str(uuid4())}


def _items(values: Iterable[Any]) -> list[Bloc]:
    return [_bloc("item", value) for value in values]


def _valeurs(items: Iterable[Any]) -> list[Any]:
    """Return the values of a stored list; they stood bare before Wagtail 2.16."""
    return [item["value"] if isinstance(item, dict) and "value" in item else item for item in items or ()]


def _lignes(html: str) -> Iterator[Bloc]:
    if html:
        yield _bloc("lignes", {"pictogramme": None, "texte": html})


def _riche(html: str) -> Iterator[Bloc]:
    return _lignes(lignes(html))


def _du_flux(rows: Iterable[Bloc]) -> Iterator[Bloc]:
    """Convert each block; the steps that follow one another are one list."""
    etapes: list[Any] = []
    for row in rows:
        if row["type"] == "etape":
            etapes.append(row["value"])
            continue
        if etapes:
            yield _etapes(etapes)
            etapes = []
        if convert := CONVERSIONS.get(row["type"]):
            yield from convert(row["value"])
    if etapes:
        yield _etapes(etapes)


def _court(texte: str, longueur: int) -> tuple[str, str]:
    """Return a title that fits, and the lines that say in full one that does not."""
    short = Truncator(texte).chars(longueur)
    return short, "" if short == texte else lignes_de_texte(texte)


def _etapes(steps: Iterable[Any]) -> Bloc:
    found = []
    for step in steps:
        titre, suite = _court(step["titre"], TITRE_ETAPE)
        found.append({"titre": titre, "pictogramme": None, "texte": suite + lignes(step["texte"])})
    return _bloc("etapes", _items(found))


def _questions(value: Any) -> Iterator[Bloc]:
    for row in _valeurs(value):
        question, suite = _court(row["question"], QUESTION)
        reponse = suite + lignes(row["reponse"])
        if reponse:
            yield _bloc("question", {"question": question, "pictogramme": None, "reponse": reponse})


def _encadre(value: Any) -> Iterator[Bloc]:
    if texte := lignes(value["texte"]):
        yield _bloc("encadre", {"genre": value["genre"], "titre": value.get("titre") or "", "texte": texte})


def _exemple(value: Any) -> Iterator[Bloc]:
    yield _bloc("titre", {"texte": Truncator(value["titre"]).chars(120), "niveau": "h3"})
    yield from _riche(value["texte"])


def _tableau(value: Any) -> Iterator[Bloc]:
    """Write each cell after the heading of its column: a table is hard to read."""
    headings = [column.get("heading") or "" for column in value["columns"]]
    html = lignes_de_texte(value.get("caption") or "")
    for row in value["rows"]:
        said = [
            f"{heading} : {text}" if heading else text
            for heading, cell in zip(headings, row["values"], strict=False)
            if (text := _mots(cell))
        ]
        html += "".join(lignes_de_texte(cell) for cell in said)
    yield from _lignes(html)


def _mots(html: Any) -> str:
    return BeautifulSoup(str(html or ""), "html.parser").get_text(" ", strip=True)


def _video(value: Any) -> Iterator[Bloc]:
    """Keep the way to a film: its page, or its file."""
    if value.get("url"):
        lien = {"texte": value["titre"], "page": None, "url": value["url"], "description": ""}
        yield _bloc("liens", {"titre": "", "liens": _items([lien])})
    elif value.get("fichier"):
        yield _bloc("document", {"document": value["fichier"], "description": value["titre"]})


def _pages(value: Any) -> Iterator[Bloc]:
    titles = dict(Page.objects.filter(pk__in=filter(None, _valeurs(value["pages"]))).values_list("pk", "title"))
    found = [
        {"texte": Truncator(titles[pk]).chars(140), "page": pk, "url": "", "description": ""}
        for pk in _valeurs(value["pages"])
        if pk in titles
    ]
    if found:
        yield _bloc("liens", {"titre": value.get("titre") or "", "liens": _items(found)})


def _tel_quel(kind: str) -> Callable[[Any], Iterator[Bloc]]:
    return lambda value: iter([_bloc(kind, value)])


CONVERSIONS: dict[str, Callable[[Any], Iterator[Bloc]]] = {
    "titre": _tel_quel("titre"),
    "texte": _riche,
    "encadre": _encadre,
    "citation": lambda value: _lignes(lignes_de_texte(value["texte"])),
    "etapes": lambda value: iter([_etapes(_valeurs(value))]),
    "tableau": _tableau,
    "questions": _questions,
    "image": _tel_quel("image"),
    "video": _video,
    "document": _tel_quel("document"),
    "liens": _tel_quel("liens"),
    "pages": _pages,
    "exemple": _exemple,
}
