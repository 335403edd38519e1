"""What the team's rights follow: the pages on which the matrix gives some."""

from typing import Any

from django.db.models.signals import post_save

from redaction.operations import synchroniser_pages
from redaction.permissions import matrice


def on_page_created(sender: type[Any], created: bool = False, raw: bool = False, **kwargs: Any) -> None:
    if created and not raw and matrice.pages.get(sender):
        synchroniser_pages()


def connect() -> None:
    """Called when the app is ready."""
    post_save.connect(on_page_created, dispatch_uid="redaction.page_created")
