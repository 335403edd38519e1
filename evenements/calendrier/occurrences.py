"""The days that a rule gives, computed by dateutil."""

import datetime
from collections.abc import Collection, Iterator

from dateutil.rrule import MONTHLY, WEEKLY, rrule, weekday

from evenements.calendrier.regles import Frequence, Regle


def jours(
    regle: Regle | None,
    premier: datetime.date,
    *,
    exclus: Collection[datetime.date] = (),
    jusqu_a: datetime.date,
) -> Iterator[datetime.date]:
    """Yield the days of an event that begins on `premier`, in order, up to `jusqu_a` included.

    `premier` opens the recurrence: when the rule does not give it, the first day is the next one that it gives, and
    weeks of a fortnight are counted from that of `premier`. Excluded days are taken out after the number of times is
    counted (RFC 5545 §3.8.5.1). Without a rule there is one day, whatever the horizon.
    """
    if regle is None:
        if premier not in exclus:
            yield premier
        return
    for moment in _rrule(regle, premier):
        jour = moment.date()
        if jour > jusqu_a:
            return
        if jour not in exclus:
            yield jour


def premier_jour(regle: Regle | None, premier: datetime.date) -> datetime.date | None:
    """Return the first day that the rule gives, excluded or not: DTSTART (RFC 5545 §3.8.5.3). None: it gives none."""
    return next(jours(regle, premier, jusqu_a=datetime.date.max), None)


def correspond(regle: Regle, jour: datetime.date) -> bool:
    """Tell whether the rule gives the day on which it begins."""
    return premier_jour(regle, jour) == jour


def _rrule(regle: Regle, premier: datetime.date) -> rrule:
    # dateutil gives naive midnights for these: days, whatever the time zone.
    debut = datetime.datetime.combine(premier, datetime.time.min)
    fin = datetime.datetime.combine(regle.jusqu_au, datetime.time.min) if regle.jusqu_au else None
    if regle.frequence is Frequence.MENSUELLE_JOUR:
        return rrule(MONTHLY, dtstart=debut, until=fin, count=regle.nombre, bymonthday=regle.jour_du_mois)
    if regle.frequence is Frequence.MENSUELLE_RANG:
        jour = weekday(regle.jours[0], regle.rang)
        return rrule(MONTHLY, dtstart=debut, until=fin, count=regle.nombre, byweekday=jour)
    intervalle = 2 if regle.frequence is Frequence.QUINZAINE else 1
    return rrule(WEEKLY, debut, intervalle, wkst=0, count=regle.nombre, until=fin, byweekday=regle.jours)
