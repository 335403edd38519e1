"""What a CDN must forget when a page changes: the page, its old address, and the pages above that list it.

Other pages that show it (cards, links) follow within `CDN_MAX_AGE` seconds. The CDN is told a moment later: until then,
a process that has not seen the new content generation may still answer with the old page.
"""

import datetime
from typing import Any

from django.conf import settings
from django.utils import timezone
from wagtail.contrib.frontend_cache.tasks import purge_urls_from_cache_task
from wagtail.contrib.frontend_cache.utils import PurgeBatch
from wagtail.models import Page
from wagtail.signals import page_published, page_slug_changed, page_unpublished

from socle import background, generation

DELAY = datetime.timedelta(seconds=generation.MEMORY + 1)


def on_change(instance: Page, **kwargs: Any) -> None:
    _purge([instance, *instance.get_ancestors().live().filter(depth__gt=1).specific()])


def on_slug_changed(instance: Page, instance_before: Page, **kwargs: Any) -> None:
    _purge([instance_before])


def _purge(pages: list[Page]) -> None:
    batch = PurgeBatch()
    batch.add_pages(pages)
    task = purge_urls_from_cache_task
    if background.are_deferred():
        task = task.using(run_after=timezone.now() + DELAY)
    task.enqueue(sorted(batch.urls))


def connect() -> None:
    """Called when the app is ready; does nothing where there is no CDN."""
    if not getattr(settings, "WAGTAILFRONTENDCACHE", None):
        return
    page_published.connect(on_change, dispatch_uid="socle.cdn.published")
    page_unpublished.connect(on_change, dispatch_uid="socle.cdn.unpublished")
    page_slug_changed.connect(on_slug_changed, dispatch_uid="socle.cdn.slug_changed")
