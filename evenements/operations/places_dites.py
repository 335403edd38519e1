"""Keeps what pages say of seats true, at the least cost."""

import datetime

from django.db.models import DateTimeField, DurationField, ExpressionWrapper, F, Q, QuerySet, Value
from django.utils import timezone

from evenements.models import Seance
from evenements.queries.places import Places
from evenements.queries.places_dites import dire
from socle import generation


def signaler_les_places(avant: Places, apres: Places) -> bool:
    """Make pages stale if they would now say other words of the seats; called in the transaction of the change.

    Most registrations change nothing that is said: they leave every page in the caches.
    """
    if dire(avant) == dire(apres):
        return False
    generation.increment()
    return True


def passer_les_echeances(now: datetime.datetime | None = None) -> int:
    """Make pages stale when the clock alone has changed what they say; return 1 if it has.

    Registrations open and close at an hour, reserved seats are given back, an event begins; at midnight the next date
    of an event is another one. The number of the generation is the time of the last change: nothing else is kept.
    """
    now = now or timezone.now()
    generation.forget()
    last = datetime.datetime.fromtimestamp(generation.current() / 1_000_000, datetime.UTC)
    if last >= now:
        return 0
    if _jour(last) == _jour(now) and not _echeances(last, now).exists():
        return 0
    generation.increment()
    return 1


def _jour(moment: datetime.datetime) -> datetime.date:
    return timezone.localdate(moment, timezone.get_default_timezone())


def _echeances(last: datetime.datetime, now: datetime.datetime) -> QuerySet[Seance]:
    """The dates to come of which something is said differently since `last`."""

    def avant_le_debut(field: str, unit: datetime.timedelta) -> ExpressionWrapper:
        length = ExpressionWrapper(F(field) * Value(unit, DurationField()), DurationField())
        return ExpressionWrapper(F("debut") - length, DateTimeField())

    return Seance.objects.filter(debut__gt=last).annotate(
        cloture=avant_le_debut("evenement__cloture_heures", datetime.timedelta(hours=1)),
        relache=avant_le_debut("evenement__quotas_relaches_jours", datetime.timedelta(days=1)),
    ).filter(
        Q(debut__lte=now)
        | Q(cloture__gt=last, cloture__lte=now)
        | Q(relache__gt=last, relache__lte=now)
        | Q(evenement__inscriptions_ouvrent_le__gt=last, evenement__inscriptions_ouvrent_le__lte=now)
    )
