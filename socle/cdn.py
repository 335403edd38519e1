"""What a CDN must forget besides the page itself, which Wagtail tells it: the pages that list it, and its old address.

Other pages that show it (cards, links) follow within `CDN_MAX_AGE` seconds.
"""

from typing import Any

from django.apps import apps
from wagtail.models import Page
from wagtail.signals import page_published, page_slug_changed, page_unpublished

APP = "wagtail.contrib.frontend_cache"


def listing_addresses(page: Page) -> list[str]:
    """Return the addresses of the pages above `page`, which list what is below them."""
    above = page.get_ancestors().live().specific()
    return [url for ancestor in above if (url := ancestor.get_full_url())]


def on_change(instance: Page, **kwargs: Any) -> None:
    _purge(listing_addresses(instance))


def on_slug_changed(instance: Page, instance_before: Page, **kwargs: Any) -> None:
    before = instance_before.get_full_url()
    _purge([before] if before else [])


def _purge(addresses: list[str]) -> None:
    from wagtail.contrib.frontend_cache.utils import purge_urls_from_cache

    purge_urls_from_cache(addresses)


def connect() -> None:
    """Called when the app is ready; does nothing where there is no CDN."""
    if not apps.is_installed(APP):
        return
    page_published.connect(on_change, dispatch_uid="socle.cdn.published")
    page_unpublished.connect(on_change, dispatch_uid="socle.cdn.unpublished")
    page_slug_changed.connect(on_slug_changed, dispatch_uid="socle.cdn.slug_changed")
