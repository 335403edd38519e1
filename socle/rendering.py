"""Everything a page's blocks need, fetched together before the page is rendered.

The number of queries then depends on the kinds of things a page shows, never on how many of them.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from wagtail.blocks.list_block import ListValue
from wagtail.blocks.stream_block import StreamValue
from wagtail.blocks.struct_block import StructValue
from wagtail.contrib.typed_table_block.blocks import TypedTable
from wagtail.fields import RichTextField
from wagtail.images.models import AbstractImage
from wagtail.rich_text import RichText

from socle import links
from socle.images import prefetch_renditions

if TYPE_CHECKING:
    from socle.models import BasePage


def leaves(value: Any) -> Iterator[Any]:
    """Yield the plain values inside a block value, in reading order."""
    if isinstance(value, StreamValue):
        for child in value:
            yield from leaves(child.value)
    elif isinstance(value, StructValue):
        for child in value.values():
            yield from leaves(child)
    elif isinstance(value, ListValue):
        for child in value:
            yield from leaves(child)
    elif isinstance(value, TypedTable):
        for row in value.rows:
            for cell in row:
                yield from leaves(cell.value)
    elif value is not None:
        yield value


def prepare(page: "BasePage") -> None:
    """Fetch the renditions and resolve the internal links of `page` ahead of its rendering."""
    images: list[AbstractImage] = []
    page_ids: set[int] = set()
    for name in page.stream_fields():
        for leaf in leaves(getattr(page, name)):
            if isinstance(leaf, AbstractImage):
                images.append(leaf)
            elif isinstance(leaf, RichText):
                page_ids |= links.page_ids(leaf.source)
    for field in page._meta.get_fields():
        if isinstance(field, RichTextField):
            page_ids |= links.page_ids(getattr(page, field.name))
    illustration = getattr(page, "illustration", None)
    prefetch_renditions([*images, *([illustration] if illustration else [])])
    if page_ids:
        links.urls(page_ids)
