"""Keeps the search index in step with publications."""

from typing import Any

from wagtail.signals import page_published, page_unpublished

from socle.models import BasePage
from socle.search import desindexer, indexer


def on_published(instance: Any, **kwargs: Any) -> None:
    if isinstance(instance, BasePage):
        indexer(instance)


def on_unpublished(instance: Any, **kwargs: Any) -> None:
    desindexer(instance.pk)


def connect() -> None:
    """Called when the app is ready. A deleted page takes its entry with it (cascade)."""
    page_published.connect(on_published, dispatch_uid="socle.search.published")
    page_unpublished.connect(on_unpublished, dispatch_uid="socle.search.unpublished")
