"""What a page's template needs beyond the page itself.

Page classes declare fields and never compute lists or handle forms; the views of their app register here what the
template shows, when the app is ready.
"""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from wagtail.models import Page

Builder = Callable[[HttpRequest, Any], dict[str, Any]]
_builders: dict[type[Page], Builder] = {}


def page_context(page_class: type[Page]) -> Callable[[Builder], Builder]:
    """Register the decorated function as the builder of the context of `page_class`."""

    def register(builder: Builder) -> Builder:
        if _builders.get(page_class, builder) is not builder:
            raise ValueError(f"{page_class.__name__} already has a context builder.")
        _builders[page_class] = builder
        return builder

    return register


def extra_context(request: HttpRequest, page: Page) -> dict[str, Any]:
    """Return what was registered for the type of `page`, or nothing."""
    builder = _builders.get(type(page))
    return builder(request, page) if builder else {}
