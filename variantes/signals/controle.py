"""A new text in FALC is checked as soon as it is kept."""

from functools import partial
from typing import Any

from django.db import transaction
from django.db.models.signals import post_save
from wagtail.models import Page

from variantes.operations.controle import noter


def on_page_saved(sender: type[Any], instance: Any, update_fields: frozenset[str] | None = None, **kwargs: Any) -> None:
    if isinstance(instance, Page) and "latest_revision" in (update_fields or ()):
        # Robust: whatever the checker makes of it, the text is saved.
        transaction.on_commit(partial(noter, instance), robust=True)


def connect() -> None:
    post_save.connect(on_page_saved, dispatch_uid="variantes.controle")
