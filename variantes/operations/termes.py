"""Translating what has no draft: a term, a menu. It is written whole, in one go, or not at all."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from wagtail.log_actions import log
from wagtail.models import Locale
from wagtail_localize.models import (
    StringSegment,
    StringTranslation,
    Translation,
    TranslationContext,
    TranslationSource,
)
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

from variantes.langues import est_source
from variantes.queries.gardes import est_falc, peut_modifier, sans_brouillon

PAS_LE_FRANCAIS = "On traduit à partir du français : ouvrez le contenu français."


def phrases(instance: Any) -> list[StringSegmentValue]:
    """Return what is to be translated of a term or a menu, in the order of its fields."""
    found = [segment for segment in extract_segments(instance) if isinstance(segment, StringSegmentValue)]
    return sorted(found, key=lambda segment: int(segment.order or 0))


def langues_manquantes(instance: Any) -> list[Locale]:
    """Return the languages, FALC included, in which a French term or menu does not exist yet."""
    model = type(instance)
    there = model._default_manager.filter(translation_key=instance.translation_key).values_list("locale_id", flat=True)
    return list(Locale.objects.exclude(pk__in=list(there)).order_by("pk"))


@transaction.atomic
def traduire(instance: Any, locale: Locale, textes: Sequence[str], user: Any) -> Any:
    """Make the version of a French term or menu in a language from its texts, one for each of `phrases(instance)`.

    In FALC they are other words, written by people: later changes of the French do not reach them.
    """
    model = type(instance)
    if not peut_modifier(user, instance):
        raise PermissionDenied
    held = model._default_manager.select_for_update().filter(pk=instance.pk).first()
    if held is None:
        raise ValidationError("Ce contenu n’existe plus.")
    if not est_source(held):
        raise ValidationError(PAS_LE_FRANCAIS)
    if locale not in langues_manquantes(held):
        raise ValidationError("La version dans cette langue existe déjà.")
    segments = phrases(held)
    direct = sans_brouillon(held)
    if len(textes) != len(segments) or (direct and not all(textes)):
        raise ValidationError("Le texte français a changé entre-temps, ou il manque un texte : reprenez.")
    source, _created = TranslationSource.update_or_create_from_instance(held)
    for segment, texte in zip(segments, textes, strict=True):
        if texte:
            _traduire_phrase(source, segment, locale, texte, user)
    translation = Translation.objects.create(source=source, target_locale=locale, enabled=not est_falc(locale))
    translation.save_target(user=user, publish=direct)
    version = translation.get_target_instance()
    log(instance=version, action="wagtail.create", user=user)
    return version


def _traduire_phrase(
    source: TranslationSource, segment: StringSegmentValue, locale: Locale, texte: str, user: Any
) -> None:
    context = TranslationContext.objects.get(object_id=source.object_id, path=segment.path)
    kept = (
        StringSegment.objects.filter(source=source, context=context, order=segment.order).select_related("string").get()
    )
    StringTranslation.objects.update_or_create(
        translation_of=kept.string,
        locale=locale,
        context=context,
        defaults={
            "data": texte,
            "translation_type": StringTranslation.TRANSLATION_TYPE_MANUAL,
            "tool_name": "",
            "last_translated_by": user,
            "has_error": False,
            "field_error": "",
        },
    )
