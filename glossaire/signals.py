"""What follows a change of the terms: their concept, their names, the version of the glossary."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from wagtail.models import Locale, Page, PageViewRestriction
from wagtail.signals import page_published, page_unpublished, post_page_move

from glossaire import version
from glossaire.models import Concept, GlossairePage, Relation, TermePage
from glossaire.operations.concepts import concept_de, noter_publication
from glossaire.operations.noms import tenir_les_noms
from socle.signals import DRAFT_FIELDS


def on_term_saved(
    instance: TermePage, raw: bool = False, update_fields: frozenset[str] | None = None, **kwargs: Any
) -> None:
    if raw or (update_fields is not None and not set(update_fields) - DRAFT_FIELDS):
        return
    concept_de(instance)
    noter_publication(instance)
    if tenir_les_noms(instance) or instance.live:
        version.nouvelle()


def on_page_changed(instance: Any, **kwargs: Any) -> None:
    if isinstance(instance, GlossairePage | TermePage):
        version.nouvelle()


def on_moved(instance: Page, **kwargs: Any) -> None:
    if isinstance(instance.specific_deferred, GlossairePage | TermePage):
        version.nouvelle()


def connect() -> None:
    """Called when the app is ready. A deleted page takes its names with it (cascade)."""
    post_save.connect(on_term_saved, sender=TermePage, dispatch_uid="glossaire.term_saved")
    page_published.connect(on_page_changed, dispatch_uid="glossaire.published")
    page_unpublished.connect(on_page_changed, dispatch_uid="glossaire.unpublished")
    post_page_move.connect(on_moved, dispatch_uid="glossaire.moved")
    post_delete.connect(on_page_changed, sender=TermePage, dispatch_uid="glossaire.term_deleted")
    post_delete.connect(on_page_changed, sender=GlossairePage, dispatch_uid="glossaire.glossary_deleted")
    for model in (Concept, Relation, PageViewRestriction, Locale):
        for signal, name in ((post_save, "saved"), (post_delete, "deleted")):
            signal.connect(version.nouvelle, sender=model, dispatch_uid=f"glossaire.{model._meta.label_lower}.{name}")
