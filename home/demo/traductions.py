"""Translations of the demonstration, as translators would have made them: string by string, ready to be continued.

A translated YAML file has the structure of the French one. Its words are paired with the French ones by their place,
and kept as the strings of the translation; the page is then made from them, as the translators' editor does.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.utils import timezone
from wagtail.fields import StreamField
from wagtail.models import Locale, Revision
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationLog, TranslationSource
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments
from wagtail_localize.strings import StringValue, extract_ids

from home.demo.segments import source_de
from socle.models import BasePage


class StructureDifferente(Exception):  # noqa: N818 -- what happened, as elsewhere
    """A translated text does not have the parts of the French one."""


def traduire(source: BasePage, texte: BasePage, locale: Locale) -> Revision:
    """Keep the words of `texte`, which has the structure of `source`, as strings; return the draft made from them."""
    origine = source_de(source)
    Translation.objects.update_or_create(source=origine, target_locale=locale, defaults={"enabled": True})
    enregistrer(source, texte, origine, locale)
    revision = origine.get_ephemeral_translated_instance(locale).save_revision()
    TranslationLog.objects.create(source=origine, locale=locale, revision=revision)
    return revision


def enregistrer(source: BasePage, texte: BasePage, origine: TranslationSource, locale: Locale) -> None:
    """Store the words of `texte` as the translations of the strings of `source`."""
    _aligner(source, texte)
    expected = _by_path(extract_segments(texte))
    segments = list(StringSegment.objects.filter(source=origine).select_related("string", "context").order_by("order"))
    ranks: dict[str, int] = defaultdict(int)
    rows = []
    for segment in segments:
        path = segment.context.path
        values = expected.get(path, [])
        if ranks[path] >= len(values):
            raise StructureDifferente(f"{texte} : « {segment.string.data} » n’est pas traduit ({path})")
        words = values[ranks[path]].string
        ranks[path] += 1
        _same_links(texte, segment.string.data, words)
        rows.append(
            StringTranslation(
                translation_of=segment.string,
                locale=locale,
                context=segment.context,
                data=words.data,
                translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL,
                updated_at=timezone.now(),
            )
        )
    superflus = [path for path, values in expected.items() if len(values) != ranks[path]]
    if superflus:
        raise StructureDifferente(f"{texte} : des textes de trop ({', '.join(superflus)})")
    StringTranslation.objects.bulk_create(rows, ignore_conflicts=True)


def _by_path(segments: Iterable[Any]) -> dict[str, list[StringSegmentValue]]:
    found: dict[str, list[StringSegmentValue]] = defaultdict(list)
    for segment in segments:
        if isinstance(segment, StringSegmentValue):
            found[segment.path].append(segment)
    return dict(found)


def _same_links(texte: BasePage, french: str, words: StringValue) -> None:
    if extract_ids(french) != extract_ids(words.data):
        raise StructureDifferente(f"{texte} : les liens de « {words.data} » ne sont pas ceux du français")


def _aligner(source: BasePage, texte: BasePage) -> None:
    """Give the parts of a translated text the ids of those of the source."""
    for field in source._meta.get_fields():
        if isinstance(field, StreamField):
            raw = list(getattr(texte, field.name).raw_data)
            _copier_ids(list(getattr(source, field.name).raw_data), raw, f"{texte}, {field.name}")
            setattr(texte, field.name, field.to_python(raw))
    if hasattr(source, "auteurs"):
        for ours, theirs in zip(texte.auteurs.all(), source.auteurs.all(), strict=True):
            ours.translation_key = theirs.translation_key


def _copier_ids(source: Any, texte: Any, place: str) -> None:
    if isinstance(source, list):
        if not isinstance(texte, list) or len(source) != len(texte):
            raise StructureDifferente(f"{place} : {len(source)} parties en français, {len(texte)} ici")
        for rank, (theirs, ours) in enumerate(zip(source, texte, strict=True)):
            _copier_ids(theirs, ours, f"{place}.{rank}")
    elif isinstance(source, dict):
        if source.get("type") != texte.get("type"):
            raise StructureDifferente(f"{place} : « {source.get('type')} » en français, « {texte.get('type')} » ici")
        if "id" in source:
            texte["id"] = source["id"]
        for name, value in source.items():
            if isinstance(value, list | dict):
                _copier_ids(value, texte[name], f"{place}.{name}")
