"""Earlier translations of the same words, taken again: somebody reads them before they are submitted."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from variantes.operations.traductions import Motif, SoumissionImpossible, tenir
from variantes.queries.memoire import souvenirs
from variantes.queries.traductions import avancement, blocage, peut_traduire


@transaction.atomic
def reprendre_souvenirs(translation: Translation, user: Any, sources: set[str] | None = None) -> int:
    """Give to the strings that are missing what memory has for them; for these sources alone, if any are given."""
    translation, page = tenir(translation)
    if not peut_traduire(user, page):
        raise PermissionDenied
    if reason := blocage(page, user):
        raise SoumissionImpossible(Motif(reason))
    missing = [chaine for chaine in avancement(translation).manquantes if sources is None or chaine.source in sources]
    found = souvenirs(translation, missing)
    segments = StringSegment.objects.filter(source=translation.source, string__data__in=found).select_related("string")
    wanted = {chaine.chemin for chaine in missing}
    count = 0
    for segment in segments.filter(context__path__in=wanted):
        memory = found[segment.string.data]
        _row, made = StringTranslation.objects.get_or_create(
            translation_of_id=segment.string_id,
            locale_id=translation.target_locale_id,
            context_id=segment.context_id,
            defaults={
                "data": memory.texte,
                # As with a machine, nobody has chosen these words for this page yet.
                "translation_type": StringTranslation.TRANSLATION_TYPE_MACHINE,
                "tool_name": memory.provenance,
                "last_translated_by": user,
            },
        )
        count += made
    return count
