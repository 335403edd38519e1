"""A page and its French source cut into the same pieces, to be read side by side."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from bs4 import BeautifulSoup, NavigableString
from django.db.models import CharField, TextField
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import override
from wagtail.blocks import RichTextBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.rich_text import expand_db_html
from wagtail_localize.fields import TranslatableField, get_translatable_fields

from socle import rendering

# What no reader sees on the page itself.
HORS_TEXTE = frozenset({"title", "draft_title", "slug", "seo_title", "search_description"})


# Pieces that every text has in a field, whatever its blocks.
TITRES = frozenset({"", "titre"})
_IDENTIFIANT = re.compile(r' id="[^"]*"')


@dataclass(frozen=True)
class Rang:
    """A piece of both texts; empty on the side that has nothing to say there."""

    ici: SafeString
    francais: SafeString


@dataclass(frozen=True)
class _Piece:
    """A field or a block of one text: its paragraphs, and what tells it is the same piece in the other text."""

    cle: tuple[str, str]
    paragraphes: tuple[SafeString, ...]


def rangs(page: Any, source: Any) -> list[Rang]:
    """Return both texts paired, piece by piece, and paragraph by paragraph where they have as many.

    Blocks keep their identity when they are translated: a block added on one side stands alone.
    """
    # What both refer to is fetched together.
    ici, francais = _pieces(page, source), _pieces(source)
    result: list[Rang] = []
    for name in _champs(page):
        left = [piece for piece in ici if piece.cle[0] == name]
        right = [piece for piece in francais if piece.cle[0] == name]
        for one, other in _en_regard(left, right):
            result += _apparier(one.paragraphes if one else (), other.paragraphes if other else ())
    return result


def _en_regard(ici: list[_Piece], francais: list[_Piece]) -> Iterator[tuple[_Piece | None, _Piece | None]]:
    """Pair the pieces of one field, in the order of the French text; what is only here comes last.

    A version written apart has blocks of its own: they are paired by their place.
    """
    autres = {piece.cle: piece for piece in ici}
    communs = autres.keys() & {piece.cle for piece in francais}
    if not {cle for cle in communs if cle[1] not in TITRES} and len(ici) == len(francais):
        yield from zip(ici, francais, strict=True)
        return
    for piece in francais:
        yield autres.pop(piece.cle, None), piece
    for piece in autres.values():
        yield piece, None


def _apparier(ici: tuple[SafeString, ...], francais: tuple[SafeString, ...]) -> Iterator[Rang]:
    if ici and francais and len(ici) != len(francais):
        ici, francais = (_ensemble(ici),), (_ensemble(francais),)
    vide = SafeString("")
    for left, right in zip_longest(ici, francais, fillvalue=vide):
        # Headings of both texts may have the same anchor.
        yield Rang(left, mark_safe(_IDENTIFIANT.sub("", right)))  # noqa: S308 -- less of what was written safely


def _ensemble(paragraphes: tuple[SafeString, ...]) -> SafeString:
    return mark_safe("".join(paragraphes))  # noqa: S308 -- each of them is safe


def _pieces(page: Any, *avec: Any) -> list[_Piece]:
    """Cut a page in the order of its fields, in its own language."""
    with override(page.locale.language_code):
        rendering.prepare(page, *avec)
        _titres = page.sommaire  # they get their anchors on the way
        return [piece for name in _champs(page) for piece in _du_champ(page, name)]


def _champs(page: Any) -> list[str]:
    fields = (field for field in get_translatable_fields(type(page)) if isinstance(field, TranslatableField))
    return [field.field_name for field in fields if field.field_name not in HORS_TEXTE]


def _du_champ(page: Any, name: str) -> Iterator[_Piece]:
    field = next((field for field in page._meta.get_fields() if field.name == name), None)
    value = getattr(page, name, None)
    if field is None or not value:
        return
    if titre := page.titres_des_champs.get(name):
        yield _Piece((name, "titre"), (format_html("<h2>{}</h2>", titre),))
    if isinstance(field, StreamField):
        for bloc in value:
            yield _Piece((name, bloc.id or ""), _du_bloc(bloc))
    elif isinstance(field, RichTextField):
        yield _Piece((name, ""), _paragraphes(expand_db_html(value)))
    elif isinstance(field, CharField | TextField):
        yield _Piece((name, ""), (format_html("<p>{}</p>", value),))


def _du_bloc(bloc: Any) -> tuple[SafeString, ...]:
    if isinstance(bloc.block, RichTextBlock):
        return _paragraphes(expand_db_html(bloc.value.source))
    html = bloc.render_as_block()
    # A step or an example is an item of a list, which each of them has here for itself.
    return (format_html('<ul class="etapes" role="list">{}</ul>', html) if html.lstrip().startswith("<li") else html,)


def _paragraphes(html: str) -> tuple[SafeString, ...]:
    """Cut rich text into its outermost elements."""
    parts = (part for part in BeautifulSoup(html, "html.parser").children)
    kept = (str(part) for part in parts if not isinstance(part, NavigableString) or part.strip())
    return tuple(mark_safe(part) for part in kept)  # noqa: S308 -- pieces of rich text, cleaned when it was saved
