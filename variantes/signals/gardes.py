"""What wagtail-localize must never do, whoever calls it: refused where it writes, whatever the screen."""

from functools import wraps
from typing import Any

from django.db.models.signals import pre_save
from wagtail.models import Page
from wagtail_localize.locales.components import LOCALE_COMPONENTS
from wagtail_localize.models import LocaleSynchronization, Translation, TranslationSource

from variantes.queries.gardes import est_falc


class GardeError(RuntimeError):
    """A call of wagtail-localize that would show unread text to the public: a mistake of the code, not of people."""


def connect() -> None:
    pre_save.connect(refuser_falc, sender=Translation, dispatch_uid="variantes.gardes.falc")
    pre_save.connect(refuser_arbres, sender=LocaleSynchronization, dispatch_uid="variantes.gardes.arbres")
    # The form of a language proposes it.
    LOCALE_COMPONENTS[:] = [each for each in LOCALE_COMPONENTS if each["model"] is not LocaleSynchronization]
    _garder_les_cibles()


def refuser_falc(instance: Translation, **kwargs: Any) -> None:
    """FALC is another text, written by people: no phrase of it comes from a translation, or goes to one."""
    if instance.enabled and (est_falc(instance.target_locale) or est_falc(instance.source.locale)):
        raise GardeError("A FALC version is never translated phrase by phrase.")


def refuser_arbres(instance: LocaleSynchronization, **kwargs: Any) -> None:
    """It fills a language with public copies of the French pages."""
    raise GardeError("Trees of pages are not synchronised.")


def _garder_les_cibles() -> None:
    stock = TranslationSource.create_or_update_translation
    if hasattr(stock, "__wrapped__"):
        return

    @wraps(stock)
    def guarded(self: TranslationSource, locale: Any, user: Any = None, publish: bool = True, **options: Any) -> Any:
        if issubclass(self.specific_content_type.model_class(), Page):
            _verifier(self, locale, publish)
        return stock(self, locale, user=user, publish=publish, **options)

    # The one place through which every version is written; the package has no setting for any of this.
    TranslationSource.create_or_update_translation = guarded


def _verifier(source: TranslationSource, locale: Any, publish: bool) -> None:
    version = Page.objects.filter(translation_key=source.object_id, locale=locale).first()
    if version is None:
        parent = source.get_source_instance().get_parent()
        if parent.depth > 1 and not parent.has_translation(locale):
            raise GardeError("The pages above are missing: they would be made as public copies of the French ones.")
    elif version.live and (version.alias_of_id or not publish):
        raise GardeError("A draft is not written into a public page.")
