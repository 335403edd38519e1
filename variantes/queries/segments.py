"""The segments of a translation: where each one is, what the source says, what stands in its place."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models
from django.utils.html import escape
from wagtail import blocks
from wagtail.blocks.list_block import ListBlockValidationError
from wagtail.blocks.stream_block import StreamBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.fields import StreamField
from wagtail_localize.models import StringSegment, StringTranslation, Translation
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments
from wagtail_localize.strings import extract_ids

ADRESSE = "slug"
SEPARATEUR = " › "


@dataclass(frozen=True)
class Chaine:
    """One string to translate, at one place of the page. `rang` tells apart the parts of a rich text."""

    chemin: str
    rang: int
    champ: str
    source: str
    traduction: str = ""
    pk: int | None = None
    machine: bool = False
    lue: bool = False
    erreur: str = ""

    @property
    def manquante(self) -> bool:
        return not self.traduction

    @property
    def a_lire(self) -> bool:
        """Whether a machine wrote these words, and nobody has read them."""
        return self.machine and not self.lue and not self.manquante

    @property
    def empreinte(self) -> str:
        """What tells the words that were on a screen from others."""
        return sha256(self.traduction.encode()).hexdigest()[:32]

    @property
    def faite(self) -> bool:
        return not self.manquante and not self.erreur


def chaines(translation: Translation) -> list[Chaine]:
    """Return the strings of a translation in the order of the page, in two queries whatever their number."""
    source = translation.source
    model = source.specific_content_type.model_class()
    typed = {
        (row.translation_of_id, row.context_id): row
        for row in StringTranslation.objects.filter(
            context__object_id=source.object_id, locale_id=translation.target_locale_id
        ).select_related("translation_of", "context", "lecture_machine")
    }
    ranks: Counter[str] = Counter()
    found = []
    for segment in StringSegment.objects.filter(source=source).select_related("context", "string").order_by("order"):
        path, row = segment.context.path, typed.get((segment.string_id, segment.context_id))
        found.append(_chaine(segment, row, ranks[path], libelle(model, segment.context.field_path or path)))
        ranks[path] += 1
    return found


def _chaine(segment: StringSegment, row: StringTranslation | None, rank: int, label: str) -> Chaine:
    place = {"chemin": segment.context.path, "rang": rank, "champ": label, "source": segment.string.data}
    if row is None:
        return Chaine(**place)
    read = getattr(row, "lecture_machine", None)
    return Chaine(
        **place,
        traduction=row.data,
        pk=row.pk,
        machine=row.translation_type == StringTranslation.TRANSLATION_TYPE_MACHINE,
        lue=read is not None and read.texte == row.data,
        erreur=erreur_de(row),
    )


def erreur_de(row: StringTranslation) -> str:
    """Say what is wrong with a translated string, if anything is: its marks, its links, or what a field refused."""
    if row.has_error:
        return str(row.get_error() or "Ce texte contient une balise qui n’est pas valable.")
    if lost := extract_ids(row.translation_of.data) - extract_ids(row.data):
        names = ", ".join(sorted(lost))
        return f'Il manque un lien du français : gardez la balise <a id="…"> de {names}.'
    return ""


def libelle(model: type[models.Model] | None, field_path: str) -> str:
    """Name the place of a segment as the editor does, from the field to the part of the block."""
    if field_path == ADRESSE:
        return "Adresse de la page"
    head, *names = field_path.split(".")
    try:
        field: Any = model._meta.get_field(head) if model else None
    except FieldDoesNotExist:
        field = None
    if field is None:
        return head
    if isinstance(field, StreamField):
        parts = [field.verbose_name, *_libelles(field.stream_block, names)]
    elif isinstance(field, models.ManyToOneRel):
        options: Any = field.related_model._meta
        parts = [options.verbose_name, options.get_field(names[0]).verbose_name if names else ""]
    else:
        parts = [field.verbose_name]
    text = SEPARATEUR.join(str(part) for part in parts if part)
    return text[:1].upper() + text[1:]


def _libelles(block: Any, names: list[str]) -> Iterator[str]:
    for name in names:
        if isinstance(block, blocks.ListBlock):
            block = block.child_block
        elif isinstance(block, blocks.BaseStreamBlock | blocks.BaseStructBlock) and name in block.child_blocks:
            block = block.child_blocks[name]
            yield str(block.label)
        else:
            return


def textes(instance: Any) -> dict[str, list[str]]:
    """Return what a page says at each place, from its content alone."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for segment in extract_segments(instance):
        if isinstance(segment, StringSegmentValue):
            found[segment.path].append(segment.string.data)
    return found


def cote_a_cote(sources: list[Chaine], instance: Any) -> list[dict[str, Any]]:
    """Return each segment of the source with what `instance` says in its place, to be kept or shown."""
    said = textes(instance)
    expected = Counter(chaine.chemin for chaine in sources)
    rows = []
    for chaine in sources:
        texts = said.get(chaine.chemin, [])
        if len(texts) != expected[chaine.chemin]:
            # The parts of a rich text do not answer each other any more: the first line has all of it.
            texts = [" ".join(texts)] if texts else []
        rows.append(
            {
                "chemin": chaine.chemin,
                "rang": chaine.rang,
                "champ": chaine.champ,
                "source": chaine.source,
                "traduction": texts[chaine.rang] if chaine.rang < len(texts) else "",
                "machine": chaine.machine,
            }
        )
    return rows


def mots_de_la_langue(source: Any, instance: Any) -> list[dict[str, Any]]:
    """Return, beside those of the French page, the words that each language has of its own."""
    rows = []
    for name in instance.champs_de_la_langue:
        french, said = _affiche(source, name), _affiche(instance, name)
        if french or said:
            label = str(instance._meta.get_field(name).verbose_name)
            place = {"chemin": name, "rang": 0, "champ": label[:1].upper() + label[1:]}
            rows.append({**place, "source": french, "traduction": said, "machine": False})
    return rows


def _affiche(page: Any, name: str) -> str:
    display = getattr(page, f"get_{name}_display", None)
    lines = str(display() if display else getattr(page, name)).splitlines()
    return "<br>".join(escape(line) for line in lines)


def erreurs_des_blocs(instance: Any) -> Iterator[tuple[str, str]]:
    """Check the blocks as the editor would, and give the path of each refusal with its words."""
    for field in instance._meta.get_fields():
        if isinstance(field, StreamField):
            value = getattr(instance, field.name)
            try:
                field.stream_block.clean(value)
            except ValidationError as error:
                yield from _refus(error, value, field.name)


def _refus(error: Any, value: Any, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(error, StreamBlockValidationError):
        children = {key: (value[key].id, value[key].value) for key in error.block_errors or {} if isinstance(key, int)}
    elif isinstance(error, ListBlockValidationError):
        bound = value.bound_blocks
        children = {key: (bound[key].id, bound[key].value) for key in error.block_errors or {}}
    elif isinstance(error, StructBlockValidationError):
        children = {key: (key, value.get(key)) for key in error.block_errors or {}}
    else:
        yield path, " ".join(error.messages)
        return
    for key, (name, inside) in children.items():
        yield from _refus(error.block_errors[key], inside, f"{path}.{name}")
