"""Events with dates made by the operations, and what is said of them."""

import datetime
from typing import Any

from evenements.models import Evenement, Seance
from evenements.operations.seances import materialiser
from socle.dates import today
from tests.factories import EvenementFactory


def lundi() -> datetime.date:
    """Return the Monday of next week: the days of the tests are to come, whenever they run."""
    return today() + datetime.timedelta(days=7 - today().weekday())


def dans(jours: int) -> datetime.date:
    return lundi() + datetime.timedelta(days=jours)


def serie(rrule: str = "FREQ=WEEKLY;BYDAY=MO;COUNT=4", **faits: Any) -> Evenement:
    """Return an event that comes back, from next Monday, with its dates."""
    evenement = EvenementFactory(seance=False, recurrence=rrule, **{"jour": lundi(), **faits})
    materialiser(evenement)
    return evenement


def jours_de(evenement: Evenement) -> list[datetime.date]:
    return list(Seance.objects.filter(evenement=evenement).order_by("jour").values_list("jour", flat=True))


def relu(evenement: Evenement) -> Evenement:
    return Evenement.objects.get(pk=evenement.pk)
