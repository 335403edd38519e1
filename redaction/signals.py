"""What rights and reviews follow: new pages, and new revisions of those in review."""

from typing import Any

from django.db.models.signals import post_save, pre_save
from wagtail.models import Page, PageLogEntry, Revision
from wagtail.signals import page_published

from redaction.operations.relecture import dater_relecture, recommencer
from redaction.operations.roles import synchroniser_pages
from redaction.permissions import matrice
from redaction.queries.roles import roles_de
from socle.models import BasePage


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


def on_published(instance: Page, revision: Revision | None = None, **kwargs: Any) -> None:
    if isinstance(instance, BasePage):
        dater_relecture(instance, revision)


def on_logged(instance: PageLogEntry, **kwargs: Any) -> None:
    """Keep with each entry the roles that the person had then."""
    if instance._state.adding and instance.user and (roles := roles_de(instance.user)):
        instance.data = {**instance.data, "roles": [role.nom for role in roles]}


def connect() -> None:
    """Called when the app is ready, before the foundation's: the page is complete when its readers are told."""
    page_published.connect(on_published, dispatch_uid="redaction.published")
    pre_save.connect(on_logged, sender=PageLogEntry, dispatch_uid="redaction.logged")
    post_save.connect(on_page_saved, dispatch_uid="redaction.page_saved")
