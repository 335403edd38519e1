"""What follows a change of public content: the search index and the content generation."""

from functools import partial
from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save, pre_save
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Collection, CollectionViewRestriction, Locale, Page, PageViewRestriction, Site
from wagtail.signals import page_published, page_unpublished, post_page_move

from socle import generation
from socle.models import (
    VOCABULAIRES,
    BasePage,
    FermetureLieu,
    Fichier,
    HoraireLieu,
    Illustration,
    LienMenu,
    Lieu,
    Menu,
    ReglagesSite,
)
from socle.publication import annoncer_publication
from socle.search import desindexer, indexer, indexer_document, renommer_terme

# Fields that Wagtail saves with a draft: the public page stays the same.
DRAFT_FIELDS = frozenset(
    {"draft_title", "has_unpublished_changes", "latest_revision", "latest_revision_created_at"}
    | {"locked", "locked_at", "locked_by"}
)


def on_published(instance: Any, revision: Any = None, **kwargs: Any) -> None:
    if isinstance(instance, BasePage):
        annoncer_publication(instance, revision)
        indexer(instance)
    generation.increment()


def on_unpublished(instance: Any, **kwargs: Any) -> None:
    desindexer(instance.pk)
    generation.increment()


def on_page_saved(
    instance: Any, created: bool = False, update_fields: frozenset[str] | None = None, **kwargs: Any
) -> None:
    if created and isinstance(instance, BasePage) and instance.live:
        # An alias is public as soon as it is made, and nothing tells of its publication. Its relations come after it.
        transaction.on_commit(partial(_index_created, type(instance), instance.pk))
    if isinstance(instance, Page) and (update_fields is None or set(update_fields) - DRAFT_FIELDS):
        generation.increment()


def _index_created(model: type[BasePage], pk: int) -> None:
    if page := model.objects.filter(pk=pk).first():
        indexer(page)


def on_page_deleted(instance: Any, **kwargs: Any) -> None:
    if isinstance(instance, Page):
        generation.increment()


def on_document_saved(instance: Fichier, **kwargs: Any) -> None:
    indexer_document(instance)


def on_term_saving(instance: Any, **kwargs: Any) -> None:
    """Public pages keep their place in the filters when an editor renames a term's identifier."""
    before = (
        type(instance).objects.filter(pk=instance.pk).values_list("slug", flat=True).first() if instance.pk else None
    )
    if before and before != instance.slug:
        renommer_terme(instance, before)


def connect() -> None:
    """Called when the app is ready. A deleted page takes its search entry with it (cascade)."""
    page_published.connect(on_published, dispatch_uid="socle.published")
    page_unpublished.connect(on_unpublished, dispatch_uid="socle.unpublished")
    post_page_move.connect(generation.increment, dispatch_uid="socle.moved")
    post_save.connect(on_page_saved, dispatch_uid="socle.page_saved")
    post_delete.connect(on_page_deleted, dispatch_uid="socle.page_deleted")
    post_save.connect(on_document_saved, sender=Fichier, dispatch_uid="socle.document_saved")
    for vocabulaire in VOCABULAIRES:
        uid = f"socle.term_saving.{vocabulaire._meta.label_lower}"
        pre_save.connect(on_term_saving, sender=vocabulaire, dispatch_uid=uid)
    generation.watch(
        *VOCABULAIRES,
        *(Menu, LienMenu, ReglagesSite, Illustration, Fichier),
        *(Lieu, HoraireLieu, FermetureLieu),
        *(Collection, CollectionViewRestriction),
        *(Locale, PageViewRestriction, Redirect, Site),
    )
