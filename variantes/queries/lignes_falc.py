"""The lines of a page as its reader sees them, each with the place where an editor finds it.

The key of a line is the field, then, inside a StreamField, the id of the block, then the names that lead to the text:
`texte_falc/3f2a…/texte#2` is the third line of the rich text `texte` of that block.
"""

from collections.abc import Iterator
from typing import Any

from django.db import models
from wagtail.blocks import (
    CharBlock,
    ListBlock,
    RichTextBlock,
    StreamBlock,
    StructBlock,
    TextBlock,
)
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.images.blocks import ImageBlock, ImageChooserBlock

from variantes.falc import Genre, Ligne
from variantes.falc.lecture import lire_html

# What a short text is, by its name in its block.
GENRES = {"titre": Genre.TITRE, "question": Genre.TITRE, "mot": Genre.MOT}
# Machine strings: nobody reads them.
SANS_LECTEUR = frozenset({"url"})
NIVEAU_D_UN_TITRE = 3
# Fields of a page that readers see above its text.
EN_TETE = ("accroche", "resume", "definition")
TEXTE_FALC = "texte_falc"


def lignes_de(page: Any) -> list[Ligne]:
    """Return the lines of a page: title, summary, then its text in FALC, or all its texts where it is not in FALC."""
    found = [Ligne(page.title, Genre.TITRE, "title", rang=1)]
    fields = {field.name for field in page._meta.fields}
    for name in EN_TETE:
        if name in fields:
            found += _du_texte(str(getattr(page, name) or ""), name, name)
    for field in _champs(page):
        # The names of a term are no sentences.
        if field.name not in page.champs_de_la_langue:
            found += _du_champ(field, getattr(page, field.name))
    return found


def _champs(page: Any) -> list[models.Field[Any, Any]]:
    if getattr(page, "en_falc", False):
        return [
            page._meta.get_field(name) for name in (*page.champs_falc, TEXTE_FALC) if name not in ("title", *EN_TETE)
        ]
    fields = page._meta.get_fields()
    return [field for field in fields if isinstance(field, StreamField | RichTextField) and field.name != TEXTE_FALC]


def _du_champ(field: models.Field[Any, Any], value: Any) -> Iterator[Ligne]:
    if isinstance(field, StreamField):
        yield from _du_flux(value.stream_block, value, field.name)
    elif isinstance(field, RichTextField):
        yield from lire_html(value or "", field.name)
    elif isinstance(field, models.CharField | models.TextField):
        yield from _du_texte(str(value or ""), field.name, field.name)
    elif value is not None:
        # The illustration of the page.
        yield _du_dessin(value, field.name)


def _du_flux(block: StreamBlock, value: Any, cle: str) -> Iterator[Ligne]:
    for child in value:
        yield from _du_bloc(child.block, child.value, f"{cle}/{child.id}", child.block_type)


def _du_bloc(block: Any, value: Any, cle: str, name: str) -> Iterator[Ligne]:
    """Return the lines of a block, whatever it is made of."""
    if value is None:
        return
    if isinstance(block, ImageBlock):
        yield _image(value, cle)
    elif isinstance(block, StructBlock):
        yield from _de_la_structure(block, value, cle)
    elif isinstance(block, StreamBlock):
        yield from _du_flux(block, value, cle)
    elif isinstance(block, ListBlock):
        for child in value.bound_blocks:
            yield from _du_bloc(block.child_block, child.value, f"{cle}/{child.id}", name)
    elif isinstance(block, TypedTableBlock):
        yield from _du_tableau(value, cle)
    else:
        yield from _de_la_feuille(block, value, cle, name)


def _de_la_structure(block: StructBlock, value: Any, cle: str) -> Iterator[Ligne]:
    names = set(block.child_blocks)
    # What leads somewhere is read by its title, or by its text where it has none.
    lien = ("titre" if "titre" in names else "texte") if {"page", "url"} <= names else ""
    for name, child in block.child_blocks.items():
        if name == "texte" and "niveau" in names:
            yield Ligne(str(value["texte"]), Genre.TITRE, f"{cle}/texte", rang=int(str(value["niveau"] or "h2")[1:]))
        elif name == lien:
            yield Ligne(str(value[name]), Genre.LIEN, f"{cle}/{name}")
        else:
            yield from _du_bloc(child, value.get(name), f"{cle}/{name}", name)


def _de_la_feuille(block: Any, value: Any, cle: str, name: str) -> Iterator[Ligne]:
    if isinstance(block, RichTextBlock):
        yield from lire_html(value.source, cle)
    elif isinstance(block, ImageChooserBlock):
        yield _du_dessin(value, cle)
    elif isinstance(block, DocumentChooserBlock):
        yield Ligne(str(value.title), Genre.LIEN, cle)
    elif isinstance(block, CharBlock | TextBlock) and name not in SANS_LECTEUR:
        yield from _du_texte(str(value), cle, name)


def _du_texte(text: str, cle: str, name: str) -> Iterator[Ligne]:
    genre = GENRES.get(name, Genre.TEXTE)
    for rank, line in enumerate(text.splitlines()):
        if line.strip():
            yield Ligne(
                line, genre, f"{cle}#{rank}" if rank else cle, rang=NIVEAU_D_UN_TITRE if genre is Genre.TITRE else 0
            )


def _du_dessin(image: Any, cle: str) -> Ligne:
    return Ligne(str(getattr(image, "description", "") or image.title), Genre.PICTOGRAMME, cle)


def _image(value: Any, cle: str) -> Ligne:
    if getattr(value, "decorative", False):
        return Ligne("", Genre.PICTOGRAMME, cle)
    return Ligne(str(getattr(value, "contextual_alt_text", "") or ""), Genre.IMAGE_ALT, cle)


def _du_tableau(value: Any, cle: str) -> Iterator[Ligne]:
    yield from _du_texte(str(value.caption or ""), f"{cle}/legende", "titre")
    for rank, column in enumerate(value.columns):
        yield from _du_texte(str(column["heading"] or ""), f"{cle}/entetes/{rank}", "texte")
    for rank, row in enumerate(value.row_data):
        for place, (column, cell) in enumerate(zip(value.columns, row["values"], strict=True)):
            yield from _du_bloc(column["block"], cell, f"{cle}/{rank}-{place}", "texte")
