"""Cuts a page into strings for translators as wagtail-localize does, in a dozen queries where it takes thousands."""

import json
import uuid
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone
from wagtail_localize.models import (
    OverridableSegment,
    String,
    StringSegment,
    Template,
    TemplateSegment,
    TranslatableObject,
    TranslationContext,
    TranslationSource,
    get_schema_version,
)
from wagtail_localize.segments import OverridableSegmentValue, StringSegmentValue, TemplateSegmentValue
from wagtail_localize.segments.extract import extract_segments

from socle.models import BasePage


def source_de(page: BasePage) -> TranslationSource:
    """Return the source of the translations of a page, made from its public text where it is missing."""
    objet, _created = TranslatableObject.objects.get_or_create_from_instance(page)
    existing = TranslationSource.objects.filter(object=objet, locale=page.locale).first()
    if existing is not None:
        return existing
    source = TranslationSource.objects.create(
        object=objet,
        locale=page.locale,
        specific_content_type=ContentType.objects.get_for_model(type(page)),
        object_repr=str(page)[:200],
        content_json=page.to_json(),
        schema_version=get_schema_version(page._meta.app_label),
        last_updated_at=timezone.now(),
    )
    _couper(source, page)
    return source


def _couper(source: TranslationSource, page: BasePage) -> None:
    values = extract_segments(page)
    contexts = _contextes(source, page, {value.path for value in values})
    words = [value for value in values if isinstance(value, StringSegmentValue)]
    strings = _chaines(source, {value.string.data for value in words})
    StringSegment.objects.bulk_create(
        StringSegment(
            source=source,
            context=contexts[value.path],
            order=value.order,
            string=strings[value.string.data],
            attrs=_json(value.attrs),
        )
        for value in words
    )
    models = [value for value in values if isinstance(value, TemplateSegmentValue)]
    templates = _modeles(models)
    TemplateSegment.objects.bulk_create(
        TemplateSegment(
            source=source,
            context=contexts[value.path],
            order=value.order,
            template=templates[_cle_de_modele(value)],
        )
        for value in models
    )
    OverridableSegment.objects.bulk_create(
        OverridableSegment(source=source, context=contexts[value.path], order=value.order, data_json=_json(value.data))
        for value in values
        if isinstance(value, OverridableSegmentValue)
    )


def _json(value: Any) -> str:
    return json.dumps(value, cls=DjangoJSONEncoder)


def _chaines(source: TranslationSource, words: set[str]) -> dict[str, String]:
    rows = [String(locale=source.locale, data_hash=String._get_data_hash(word), data=word) for word in words]
    String.objects.bulk_create(rows, ignore_conflicts=True)
    found = String.objects.filter(locale=source.locale, data_hash__in=[row.data_hash for row in rows])
    return {row.data: row for row in found}


def _cle_de_modele(value: TemplateSegmentValue) -> uuid.UUID:
    return uuid.uuid5(uuid.uuid5(Template.BASE_UUID_NAMESPACE, value.format), value.template)


def _modeles(values: list[TemplateSegmentValue]) -> dict[uuid.UUID, Template]:
    rows = {
        key: Template(uuid=key, template=value.template, template_format=value.format, string_count=value.string_count)
        for key, value in ((_cle_de_modele(value), value) for value in values)
    }
    Template.objects.bulk_create(rows.values(), ignore_conflicts=True)
    return {row.uuid: row for row in Template.objects.filter(uuid__in=rows)}


def _contextes(source: TranslationSource, page: BasePage, paths: set[str]) -> dict[str, TranslationContext]:
    types = _types_des_blocs(page)
    TranslationContext.objects.bulk_create(
        [
            TranslationContext(
                object_id=source.object_id,
                path=path,
                path_id=TranslationContext._get_path_id(path),
                field_path=_chemin_du_champ(path, types),
            )
            for path in paths
        ],
        ignore_conflicts=True,
    )
    return {row.path: row for row in TranslationContext.objects.filter(object_id=source.object_id, path__in=paths)}


def _types_des_blocs(page: BasePage) -> dict[str, str]:
    """The type of each block of the page by its id; an item of a list is called so."""
    types: dict[str, str] = {}

    def walk(value: Any) -> None:
        if isinstance(value, list):
            for one in value:
                walk(one)
        elif isinstance(value, dict):
            if "id" in value and "type" in value:
                types[value["id"]] = value["type"]
            for one in value.values():
                walk(one)

    for field in page._meta.get_fields():
        if field.__class__.__name__ == "StreamField":
            walk(list(getattr(page, field.name).raw_data))
    return types


def _chemin_du_champ(path: str, types: dict[str, str]) -> str:
    """The place of a segment without what is proper to this page: the field, then the types of the blocks."""
    names: list[str] = []
    for part in path.split("."):
        if part.startswith("'"):  # the address of a link
            break
        if part in types:
            names.append(types[part])
            if types[part] == "tableau":
                break
        elif not _est_cle(part):
            names.append(part)
    return ".".join(names)


def _est_cle(part: str) -> bool:
    """Whether it is the key of a child of the page, such as one of its authors."""
    try:
        uuid.UUID(part)
    except ValueError:
        return False
    return True
