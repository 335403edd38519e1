"""Choosers that take what they show from the directory of the page being rendered.

In the editor they are Wagtail's own.
"""

import copy
from collections.abc import Callable, Iterable
from typing import Any

from wagtail.blocks import PageChooserBlock as WagtailPageChooserBlock
from wagtail.documents.blocks import DocumentChooserBlock as WagtailDocumentChooserBlock
from wagtail.images.blocks import ImageBlock as WagtailImageBlock
from wagtail.images.blocks import ImageChooserBlock as WagtailImageChooserBlock

from socle import directory


def _from_directory(get: Callable[[int], Any], ids: Iterable[int | None]) -> list[Any]:
    # Copies: a picture used twice has two alternative texts.
    return [copy.copy(get(pk)) if pk else None for pk in ids]


class PageChooserBlock(WagtailPageChooserBlock):
    def bulk_to_python(self, values: Iterable[int | None]) -> list[Any]:
        if directory.is_open():
            return _from_directory(directory.current().pages.by_id, values)
        return list(super().bulk_to_python(values))


class CardChooserBlock(PageChooserBlock):
    """A page shown as a card, not as a link."""


class DocumentChooserBlock(WagtailDocumentChooserBlock):
    def bulk_to_python(self, values: Iterable[int | None]) -> list[Any]:
        if directory.is_open():
            return _from_directory(directory.current().documents.get, values)
        return list(super().bulk_to_python(values))


class ImageChooserBlock(WagtailImageChooserBlock):
    def bulk_to_python(self, values: Iterable[int | None]) -> list[Any]:
        if directory.is_open():
            return _from_directory(directory.current().images.get, values)
        return list(super().bulk_to_python(values))


class ImageBlock(WagtailImageBlock):
    """A picture with its alternative text, or marked as decorative: one of the two is required."""

    def __init__(self, required: bool = True, **kwargs: Any) -> None:
        super().__init__(required=required, **kwargs)
        chooser = ImageChooserBlock(required=required)
        chooser.set_name("image")
        self.child_blocks["image"] = chooser
