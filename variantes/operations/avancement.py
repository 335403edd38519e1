"""The counts of strings, made again when a string has changed."""

import datetime
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from wagtail_localize.models import StringSegment, StringTranslation

from variantes.models import AvancementTraduction
from variantes.queries.grille_sql import RECOMPTER

# What changes without a word to anybody, by SQL for instance, is counted again after that time.
CONFIANCE = datetime.timedelta(days=1)
LOT = 500


def chaine_traduite(row: StringTranslation) -> None:
    """The words of a string have changed in one language."""
    _perimer(translation__source__object_id=row.context.object_id, translation__target_locale_id=row.locale_id)


def chaine_decoupee(row: StringSegment) -> None:
    """A French page has one string more, or one less."""
    _perimer(translation__source_id=row.source_id)


def _perimer(**which: Any) -> None:
    AvancementTraduction.objects.filter(**which).update(perimee=True)


def recompter(now: datetime.datetime | None = None) -> int:
    """Count again the translations that have changed, or that nobody has counted; return how many.

    Rows are marked first: a string that changes while they are counted waits, and marks them again.
    """
    moment = now or timezone.now()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO variantes_avancementtraduction (translation_id, chaines, manquantes, perimee)"
            " SELECT id, 0, 0, true FROM wagtail_localize_translation WHERE enabled ON CONFLICT DO NOTHING"
        )
    number = 0
    while done := _recompter_un_lot(moment):
        number += done
    return number


@transaction.atomic
def _recompter_un_lot(moment: datetime.datetime) -> int:
    rows = AvancementTraduction.objects.select_for_update(skip_locked=True)
    stale = rows.filter(perimee=True) | rows.filter(comptee_le__lt=moment - CONFIANCE)
    pks = list(stale.order_by("pk").values_list("pk", flat=True)[:LOT])
    AvancementTraduction.objects.filter(pk__in=pks).update(perimee=False, chaines=0, manquantes=0, comptee_le=moment)
    with connection.cursor() as cursor:
        cursor.execute(RECOMPTER, {"translations": pks})
    return len(pks)
