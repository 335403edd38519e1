"""Cuts a rich text in lines: one sentence for each paragraph or item, with its bold words and its links."""

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from bs4 import BeautifulSoup, NavigableString, Tag

from variantes.falc import decouper

_LISTES = ("ul", "ol")
_GRAS = ("b", "strong")


@dataclass(frozen=True)
class _Morceau:
    """Words that are written alike."""

    texte: str
    gras: bool = False
    lien: str = ""

    def html(self, debut: int, fin: int) -> str:
        found = escape(self.texte[debut:fin], quote=False)
        if self.gras:
            found = f"<b>{found}</b>"
        return f"<a {self.lien}>{found}</a>" if self.lien else found


def lignes(html: str) -> str:
    """Return a rich text as the FALC editor keeps it: paragraphs and lists of short lines, nothing else."""
    return "".join(_blocs(BeautifulSoup(html or "", "html.parser")))


def lignes_de_texte(texte: str) -> str:
    """Return plain words as lines."""
    return "".join(f"<p>{escape(phrase, quote=False)}</p>" for phrase in decouper(texte))


def _blocs(parent: Tag) -> Iterator[str]:
    for child in parent.children:
        if isinstance(child, Tag) and child.name in _LISTES:
            items = "".join(f"<li>{phrase}</li>" for item in child.find_all("li") for phrase in _phrases(_propre(item)))
            if items:
                yield f"<ul>{items}</ul>"
        else:
            yield from (f"<p>{phrase}</p>" for phrase in _phrases(list(_morceaux(child))))


def _propre(item: Tag) -> list[_Morceau]:
    """Return what an item says itself, without the lists inside it: their items come after."""
    return [
        piece
        for child in item.children
        if not (isinstance(child, Tag) and child.name in _LISTES)
        for piece in _morceaux(child)
    ]


def _morceaux(node: object, gras: bool = False, lien: str = "") -> Iterator[_Morceau]:
    if isinstance(node, NavigableString):
        yield _Morceau(str(node), gras, lien)
    elif isinstance(node, Tag):
        if node.name == "br":
            yield _Morceau("\n")
        inner = lien or (_attributs(node) if node.name == "a" else "")
        for child in node.children:
            yield from _morceaux(child, gras or node.name in _GRAS, inner)


def _attributs(link: Tag) -> str:
    """Return where a link leads, as the editor keeps it; a document has a block of its own."""
    if link.get("linktype") == "page":
        return f'linktype="page" id="{escape(str(link.get("id", "")))}"'
    href = str(link.get("href") or "")
    return f'href="{escape(href)}"' if href and not link.get("linktype") else ""


def _phrases(pieces: list[_Morceau]) -> Iterator[str]:
    """Return each sentence, its words written as they were."""
    texte = "".join(piece.texte for piece in pieces)
    place = 0
    for phrase in decouper(texte):
        start = texte.find(phrase, place)
        if start < 0:
            yield escape(phrase, quote=False)
            continue
        place = start + len(phrase)
        yield "".join(_entre(pieces, start, place))


def _entre(pieces: list[_Morceau], start: int, end: int) -> Iterator[str]:
    offset = 0
    for piece in pieces:
        first, last = max(start - offset, 0), min(end - offset, len(piece.texte))
        if first < last:
            yield piece.html(first, last)
        offset += len(piece.texte)
