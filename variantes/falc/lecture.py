"""Reads the lines of an HTML fragment, of a Markdown file, of a plain text.

Paragraphs, items, headings and cells are lines; a line break inside one stays in it, and begins a displayed line.
"""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from variantes.falc.modele import Etendue, Genre, Ligne
from variantes.falc.texte import ensemble

_TITRES = {f"h{rank}": rank for rank in range(1, 7)}
_BLOCS = _TITRES.keys() | ensemble(
    "p li div section article header footer main nav aside ul ol dl dt dd table tr td th caption figure "
    "figcaption blockquote form fieldset legend label pre hr body summary details address button option"
)
_IGNORES = {"script", "style", "template", "noscript", "svg", "head", "textarea", "select"}
_MISES_EN_FORME = {"em", "i", "u", "s", "strike", "del", "cite"}
_ESPACES = re.compile(r"[ \t\r\f]*\n[ \t\r\f\n]*|[ \t\r\f]{2,}|[\t\r\f]")


@dataclass
class _EnCours:
    """The line being read."""

    genre: Genre = Genre.TEXTE
    rang: int = 0
    ligne: int = 1
    morceaux: list[str] = field(default_factory=list)
    longueur: int = 0
    liens: list[Etendue] = field(default_factory=list)
    formes: list[Etendue] = field(default_factory=list)

    def ajouter(self, text: str) -> None:
        if self.fin in " \n":
            text = text.lstrip(" ")
        if text:
            self.morceaux.append(text)
            self.longueur += len(text)

    @property
    def fin(self) -> str:
        return self.morceaux[-1][-1] if self.morceaux else " "


class _Lecteur(HTMLParser):
    def __init__(self, cle: str) -> None:
        super().__init__(convert_charrefs=True)
        self.cle = cle
        self.lignes: list[Ligne] = []
        self.courante = _EnCours()
        self.ignores: list[str] = []
        self.ouverts: list[tuple[str, int]] = []
        self.items = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _IGNORES:
            self.ignores.append(tag)
        if self.ignores:
            return
        if tag == "br":
            self.courante.ajouter("\n")
        elif tag in ("img", "embed"):
            self._image(dict(attrs))
        elif tag in _BLOCS:
            self._fermer()
            self.items += tag == "li"
            rank = _TITRES.get(tag, 0)
            genre = Genre.TITRE if rank else Genre.LISTE if self.items else Genre.TEXTE
            self.courante = _EnCours(genre, rank, self.getpos()[0])
        elif tag == "a" or tag in _MISES_EN_FORME:
            self.ouverts.append((tag, self.courante.longueur))

    def handle_endtag(self, tag: str) -> None:
        if self.ignores:
            if tag == self.ignores[-1]:
                self.ignores.pop()
            return
        if tag in _BLOCS:
            self._fermer()
            self.items = max(0, self.items - (tag == "li"))
            self.courante = _EnCours(Genre.LISTE if self.items else Genre.TEXTE, 0, self.getpos()[0])
        elif self.ouverts and self.ouverts[-1][0] == tag:
            start = self.ouverts.pop()[1]
            place = (start, self.courante.longueur)
            (self.courante.liens if tag == "a" else self.courante.formes).append(place)

    def handle_data(self, data: str) -> None:
        if self.ignores:
            return
        if not self.courante.morceaux:
            self.courante.ligne = self.getpos()[0]
        self.courante.ajouter(_ESPACES.sub(" ", data))

    def _image(self, attrs: dict[str, str | None]) -> None:
        alt = attrs.get("alt")
        if attrs.get("embedtype", "image") == "image":
            genre = Genre.PICTOGRAMME if alt == "" else Genre.IMAGE_ALT
            self.lignes.append(Ligne(alt or "", genre, self._place(self.getpos()[0])))

    def _place(self, line: int) -> str:
        return f"{self.cle}#{len(self.lignes)}" if self.cle else f"ligne {line}"

    def _fermer(self) -> None:
        current = self.courante
        text = "".join(current.morceaux).rstrip()
        self.ouverts.clear()
        if text:
            self.lignes.append(
                Ligne(
                    text,
                    current.genre,
                    self._place(current.ligne),
                    _dans(current.liens, len(text)),
                    _dans(current.formes, len(text)),
                    current.rang,
                )
            )

    def lire(self, html: str) -> list[Ligne]:
        self.feed(html)
        self.close()
        self._fermer()
        return self.lignes


def _dans(places: list[Etendue], length: int) -> tuple[Etendue, ...]:
    return tuple((start, min(end, length)) for start, end in places if start < min(end, length))


# A sign that opens no tag; the parser of Python goes back to each of them.
_CHEVRON = re.compile(r"<(?![a-zA-Z/!?][^<>]*>)")


def _sans_commentaires(html: str) -> str:
    """Return HTML without its comments, on as many lines."""
    parts = []
    position = 0
    while (start := html.find("<!--", position)) >= 0:
        end = html.find("-->", start)
        parts.append(html[position:start])
        position = end + 3 if end >= 0 else len(html)
        parts.append("\n" * html.count("\n", start, position))
    return "".join((*parts, html[position:]))


def lire_html(html: str, cle: str = "") -> list[Ligne]:
    """Return the lines of a page or of a fragment; without `cle` each says on which line of the file it begins."""
    return _Lecteur(cle).lire(_CHEVRON.sub("&lt;", _sans_commentaires(html)))


_PUCE = re.compile(r"\s{0,12}(?:[-*•–+]|\d{1,3}[.)])\s{1,4}(?=\S)")


def lire_texte(text: str) -> list[Ligne]:
    """Return one line for each line of a plain text, blank ones included: their numbers are those of the file."""
    found = []
    for number, written in enumerate(text.split("\n"), 1):
        bullet = _PUCE.match(written)
        genre = Genre.LISTE if bullet else Genre.TEXTE
        found.append(Ligne(written[bullet.end() if bullet else 0 :].rstrip(), genre, f"ligne {number}"))
    return found


_TITRE_MD = re.compile(r"\s{0,3}(#{1,6})\s+(.*?)\s*#*\s*$")
# Short and free of the signs that close it, so that no part of a text is read twice.
_MARQUE_MD = re.compile(
    r"!\[(?P<alt>[^\[\]\n]{0,300})\]\([^()\s]{0,500}\)|\[(?P<lien>[^\[\]\n]{1,300})\]\([^()\s]{0,500}\)"
    r"|(?P<gras>\*\*|__)|(?<![\w*])[*_](?P<ital>[^*_\n\s](?:[^*_\n]{0,300}[^*_\n\s])?)[*_](?![\w*])"
    r"|`(?P<code>[^`\n]{1,200})`"
)


def lire_markdown(text: str) -> list[Ligne]:
    """Return the lines of a Markdown text, without its marks."""
    found: list[Ligne] = []
    for number, written in enumerate(text.split("\n"), 1):
        place = f"ligne {number}"
        heading = _TITRE_MD.match(written) if len(written) < 2000 else None
        bullet = _PUCE.match(written)
        body = heading[2] if heading else written[bullet.end() if bullet else 0 :].rstrip()
        genre = Genre.TITRE if heading else Genre.LISTE if bullet else Genre.TEXTE
        clean, links, italics, pictures = _sans_marques(body.lstrip("> ") if not heading else body)
        found += [Ligne(alt, Genre.IMAGE_ALT, place) for alt in pictures]
        if clean.strip() or not pictures:
            found.append(Ligne(clean, genre, place, links, italics, len(heading[1]) if heading else 0))
    return found


def _sans_marques(body: str) -> tuple[str, tuple[Etendue, ...], tuple[Etendue, ...], list[str]]:
    clean = ""
    links, italics, pictures = [], [], []
    position = 0
    for mark in _MARQUE_MD.finditer(body):
        clean += body[position : mark.start()]
        position = mark.end()
        if mark["alt"] is not None:
            pictures.append(mark["alt"])
            continue
        inner = mark["lien"] or mark["ital"] or mark["code"] or ""
        place = (len(clean), len(clean) + len(inner))
        if mark["lien"]:
            links.append(place)
        elif mark["ital"]:
            italics.append(place)
        clean += inner
    return clean + body[position:], tuple(links), tuple(italics), pictures
