"""A month of the agenda as weeks of days, each with its dates."""

import calendar
import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field

from evenements.affichage import DateAffichee
from evenements.dates import dans_la_case, jour_long

# A cell shows so many dates, and leads to the others.
PAR_JOUR = 5


@dataclass(frozen=True)
class Case:
    """One date on one of its days."""

    date: DateAffichee
    heure: str


@dataclass
class JourDuMois:
    """A day; `dans_le_mois` is false for those that complete the first and the last weeks."""

    jour: datetime.date
    dans_le_mois: bool
    aujourdhui: bool
    nom: str = ""
    cases: list[Case] = field(default_factory=list)
    # Dates of that day that are not shown, and the list of all of them.
    autres: int = 0
    url: str = ""


def places_par_jour(
    jours: Iterable[tuple[int, tuple[datetime.date, datetime.date]]], mois: datetime.date
) -> dict[datetime.date, list[int]]:
    """The places (of a register) of the dates of each day of the month, in order; several-day dates on each day."""
    dernier = dernier_jour(mois)
    found: dict[datetime.date, list[int]] = {}
    for place, (jour, fin) in jours:
        day, last = max(jour, mois), min(fin, dernier)
        while day <= last:
            found.setdefault(day, []).append(place)
            day += datetime.timedelta(days=1)
    return found


def dernier_jour(mois: datetime.date) -> datetime.date:
    return mois.replace(day=calendar.monthrange(mois.year, mois.month)[1])


def semaines(
    mois: datetime.date,
    today: datetime.date,
    par_jour: dict[datetime.date, list[int]],
    dates: dict[int, DateAffichee],
) -> list[list[JourDuMois]]:
    """The weeks of a month from Monday to Sunday; `dates` are those shown, by their place."""
    weeks = []
    for week in calendar.Calendar().monthdatescalendar(mois.year, mois.month):
        days = []
        for day in week:
            inside = day.month == mois.month
            shown = JourDuMois(day, inside, day == today, jour_long(day, annee=False) if inside else "")
            if inside:
                places = par_jour.get(day, [])
                shown.cases = [
                    Case(dates[place], dans_la_case(dates[place].seance, day))
                    for place in places[:PAR_JOUR]
                    if place in dates
                ]
                shown.autres = max(0, len(places) - PAR_JOUR)
            days.append(shown)
        weeks.append(days)
    return weeks
