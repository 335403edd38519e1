"""Keeps what pages say of seats true, at the least cost (docs/decisions/0032)."""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager

from django.db.models import DateTimeField, DurationField, ExpressionWrapper, F, Q, QuerySet, Value
from django.db.models.expressions import Combinable
from django.utils import timezone

from evenements.models import Seance
from evenements.queries.places import places
from evenements.queries.places_dites import dire
from socle import generation


@contextmanager
def places_suivies(seance: Seance) -> Iterator[None]:
    """Make pages stale if what happens inside changes the words that they say of the seats of a date that is held.

    Most registrations change nothing that is said: they leave every page in the caches.
    """
    if seance.capacite is None:
        yield
        return
    before = dire(places(seance))
    yield
    if dire(places(seance)) != before:
        generation.increment()


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

    def before_the_start(field: str, unit: datetime.timedelta) -> Combinable:
        length = ExpressionWrapper(F(field) * Value(unit, DurationField()), DurationField())
        return ExpressionWrapper(F("debut") - length, DateTimeField())

    dates = Seance.objects.filter(debut__gt=last).annotate(
        cloture=before_the_start("evenement__cloture_heures", datetime.timedelta(hours=1)),
        relache=before_the_start("evenement__quotas_relaches_jours", datetime.timedelta(days=1)),
    )
    moments = ("debut", "cloture", "relache", "evenement__inscriptions_ouvrent_le")
    passed = Q()
    for moment in moments:
        passed |= Q(**{f"{moment}__gt": last, f"{moment}__lte": now})
    return dates.filter(passed)
