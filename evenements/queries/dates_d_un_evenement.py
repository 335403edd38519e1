"""The dates of one event."""

import datetime
from dataclasses import dataclass

from evenements.models import Evenement, Seance
from evenements.queries.places import Places, places_de

# Dates to come whose seats are counted and that are shown at once; the others are folded.
EN_VUE = 6
# Past dates of a long series that are still listed.
PASSEES = 60


@dataclass(frozen=True)
class DatesEvenement:
    """To come, the next one first, and past, the last one first."""

    a_venir: list[Seance]
    passees: list[Seance]
    places: dict[int, Places]
    # Days on which the rule would have given a date, to come.
    exclues: list[datetime.date]

    @property
    def prochaine(self) -> Seance | None:
        """The next date that is held; else the next one, else the last one."""
        held = (date for date in self.a_venir if not date.annulee)
        return next(held, None) or next(iter(self.a_venir or self.passees), None)

    @property
    def unique(self) -> bool:
        return len(self.a_venir) + len(self.passees) <= 1


def dates_de(evenement: Evenement, today: datetime.date) -> DatesEvenement:
    """Return the dates of an event whose page is read. Two queries."""
    coming = [date for date in evenement.dates if date.jour_fin >= today]
    past = [date for date in reversed(evenement.dates) if date.jour_fin < today][:PASSEES]
    excluded = sorted(day for day in evenement.dates_exclues if day >= today) if evenement.recurrence else []
    return DatesEvenement(coming, past, places_de(coming), excluded)
