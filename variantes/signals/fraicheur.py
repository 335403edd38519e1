"""What the age of the language versions follows: publications, new revisions, strings cut anew."""

from typing import Any

from django.conf import settings
from django.db.models.signals import post_delete, post_save
from wagtail.models import Page, Revision, get_default_page_content_type
from wagtail_localize.models import StringSegment, StringTranslation, TranslationSource

from socle.publication import publication_majeure, publiee
from variantes.langues import est_source
from variantes.models import LectureMachine
from variantes.operations import avancement, fraicheur
from variantes.operations.acces import proteger_comme_la_source


def on_new_text(page: Page, revision: Revision | None = None, **kwargs: Any) -> None:
    if est_source(page):
        fraicheur.noter_version(page, revision, majeure=True)


def on_published(page: Page, revision: Revision | None = None, *, majeure: bool, **kwargs: Any) -> None:
    if not est_source(page):
        proteger_comme_la_source(page)
        fraicheur.noter_publication(page, revision)
    elif not majeure:
        fraicheur.noter_version(page, revision, majeure=False)


def on_revision_saved(instance: Revision, created: bool = False, raw: bool = False, **kwargs: Any) -> None:
    if created and not raw and instance.base_content_type_id == get_default_page_content_type().pk:
        fraicheur.noter_revision(instance)


def on_strings_cut(instance: TranslationSource, raw: bool = False, **kwargs: Any) -> None:
    model = instance.specific_content_type.model_class()
    of_a_page = model is not None and issubclass(model, Page)
    if of_a_page and not raw and instance.locale.language_code == settings.LANGUAGE_CODE:
        fraicheur.noter_synchronisation(instance)


def on_deleted(instance: Any, **kwargs: Any) -> None:
    if type(instance) is Page:
        fraicheur.oublier_les_versions(instance.translation_key)


def on_string_translated(instance: StringTranslation, **kwargs: Any) -> None:
    avancement.chaine_traduite(instance)


def on_machine_read(instance: LectureMachine, **kwargs: Any) -> None:
    avancement.chaine_traduite(instance.string_translation)


def on_segment_changed(instance: StringSegment, **kwargs: Any) -> None:
    avancement.chaine_decoupee(instance)


def connect() -> None:
    """Called when the app is ready."""
    publication_majeure.connect(on_new_text, dispatch_uid="variantes.new_text")
    publiee.connect(on_published, dispatch_uid="variantes.published")
    post_save.connect(on_revision_saved, sender=Revision, dispatch_uid="variantes.revision_saved")
    post_save.connect(on_strings_cut, sender=TranslationSource, dispatch_uid="variantes.strings_cut")
    post_delete.connect(on_deleted, sender=Page, dispatch_uid="variantes.page_deleted")
    for signal, name in ((post_save, "saved"), (post_delete, "deleted")):
        signal.connect(on_string_translated, sender=StringTranslation, dispatch_uid=f"variantes.translated.{name}")
        signal.connect(on_machine_read, sender=LectureMachine, dispatch_uid=f"variantes.machine_read.{name}")
        signal.connect(on_segment_changed, sender=StringSegment, dispatch_uid=f"variantes.segment.{name}")
