"""What rights and reviews follow: new pages, and new revisions of those in review."""

from typing import Any

from django.db.models.signals import post_save
from wagtail.models import Page

from redaction.operations.relecture import recommencer
from redaction.operations.roles import synchroniser_pages
from redaction.permissions import matrice


def on_page_saved(
    sender: type[Any],
    instance: Any,
    created: bool = False,
    raw: bool = False,
    update_fields: frozenset[str] | None = None,
    **kwargs: Any,
) -> None:
    if created and not raw and matrice.pages.get(sender):
        synchroniser_pages()
    if isinstance(instance, Page) and "latest_revision" in (update_fields or ()):
        recommencer(instance)


def connect() -> None:
    """Called when the app is ready."""
    post_save.connect(on_page_saved, dispatch_uid="redaction.page_saved")
