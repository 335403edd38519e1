"""What each language team is told when French pages have changed: titles and links, in one mail."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone

from redaction.models import Genre
from redaction.operations.notifications import MATIN, notifier_ensemble
from redaction.queries.notifications import redacteurs
from variantes.models import FraicheurPage
from variantes.operations.fraicheur import assurer
from variantes.queries.fraicheur import a_annoncer, en_retard

# What one run tells at most; the next minute tells the rest.
LOT = 500


def rappeler_les_retards(now: datetime.datetime | None = None) -> int:
    """Tell the teams, in the morning, which of their pages are behind since the last time; return how many pages.

    What changes during the day waits for the next morning, so that a person receives one mail. A morning that was
    missed is caught up as soon as the clock runs again.
    """
    here = timezone.localtime(now, timezone.get_default_timezone())
    if here.time() < MATIN:
        return 0
    morning = here.replace(hour=MATIN.hour, minute=MATIN.minute, second=0, microsecond=0)
    return _annoncer(a_annoncer(morning)[:LOT])


@transaction.atomic
def _annoncer(pages: Iterable[Any]) -> int:
    late = list(pages)
    if not late:
        return 0
    languages = {page.locale.language_code for page in late}
    teams = {language: redacteurs(language) for language in languages}
    assurer(late)
    by_version: dict[int, list[int]] = {}
    for page in late:
        by_version.setdefault(page.numero, []).append(page.pk)
    for version, pks in by_version.items():
        FraicheurPage.objects.filter(page__in=pks).update(annoncee=version)
    notifier_ensemble(Genre.RETARD, [(page, teams[page.locale.language_code], str(page.numero)) for page in late])
    return len(late)


def encore_en_retard(page: Any) -> bool:
    """Tell whether a page that a mail is about to name is still behind."""
    return en_retard().filter(pk=page.pk).exists()
