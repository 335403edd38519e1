"""Announces to the directory everything that a page will show, before it is rendered."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from wagtail.blocks import BaseStreamBlock, BaseStructBlock, Block, ListBlock, RichTextBlock
from wagtail.contrib.typed_table_block.blocks import BaseTypedTableBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from socle import directory, links
from socle.blocks.choosers import CardChooserBlock, DocumentChooserBlock, ImageChooserBlock, PageChooserBlock
from socle.models.medias import Fichier, Illustration

if TYPE_CHECKING:
    from socle.models import BasePage


def leaves(block: Block, raw: Any) -> Iterator[tuple[Block, Any]]:
    """Yield each field block inside `block` with its stored value, without fetching anything."""
    if raw is None:
        return
    inside = _children(block, raw)
    if inside is None:
        yield block, raw
        return
    for child, value in inside:
        yield from leaves(child, value)


def _children(block: Block, raw: Any) -> list[tuple[Block, Any]] | None:
    """The blocks inside a stored value, or None for a field."""
    if isinstance(block, BaseStreamBlock):
        known = block.child_blocks
        return [(known[child["type"]], child["value"]) for child in raw if child["type"] in known]
    if isinstance(block, BaseStructBlock):
        return [(child, raw.get(name)) for name, child in block.child_blocks.items()]
    if isinstance(block, ListBlock):
        # Items are stored with their id since Wagtail 2.16, bare before.
        return [
            (block.child_block, item["value"] if isinstance(item, dict) and "value" in item else item) for item in raw
        ]
    if isinstance(block, BaseTypedTableBlock):
        columns = [block.child_blocks[column["type"]] for column in raw["columns"]]
        return [pair for row in raw["rows"] for pair in zip(columns, row["values"], strict=False)]
    return None


def prepare(page: "BasePage", *avec: "BasePage") -> None:
    """Open the directory for `page` and announce what its fields, its frame and its breadcrumb refer to.

    What other pages refer to is fetched with it, where they are shown by the same answer.
    """
    found = directory.open_directory()
    for shown in (page, *avec):
        _announce_page(found, shown)


def _announce_page(found: directory.Directory, page: "BasePage") -> None:
    for field in page._meta.get_fields():
        if isinstance(field, StreamField):
            for block, raw in leaves(field.stream_block, getattr(page, field.name).raw_data):
                _announce(found, block, raw)
        elif isinstance(field, RichTextField):
            found.pages.want(ids=links.page_ids(getattr(page, field.name)))
    for field, media in _media(found, page):
        media.want([getattr(page, field.attname)])
    found.pages.want(keys=[page.translation_key], paths=ancestor_paths(page))


def _announce(found: directory.Directory, block: Block, raw: Any) -> None:
    if isinstance(block, RichTextBlock):
        found.pages.want(ids=links.page_ids(raw))
    elif isinstance(block, ImageChooserBlock):
        found.images.want([raw])
    elif isinstance(block, DocumentChooserBlock):
        found.documents.want([raw])
    elif isinstance(block, PageChooserBlock):
        found.pages.want(ids=[raw])
        if isinstance(block, CardChooserBlock):
            found.cards.want([raw])


def attach_media(page: "BasePage") -> None:
    """Give `page` the pictures and documents of its own fields, once its lists have announced theirs."""
    found = directory.current()
    found.cards.load()
    for field, media in _media(found, page):
        if pk := getattr(page, field.attname):
            setattr(page, field.name, media.get(pk))


def _media(found: directory.Directory, page: Page) -> Iterator[tuple[Any, directory.Batch[Any]]]:
    """The fields of `page` that hold a picture or a document, and where the directory keeps those."""
    batches = {Illustration: found.images, Fichier: found.documents}
    for field in page._meta.concrete_fields:
        if field.related_model in batches:
            yield field, batches[field.related_model]


def ancestor_paths(page: Page) -> list[str]:
    """Paths of the pages above `page`, from the home page down; the invisible root of the tree is left out."""
    step = page.steplen
    return [page.path[:length] for length in range(2 * step, len(page.path), step)]
