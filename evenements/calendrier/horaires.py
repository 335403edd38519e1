"""Wall times and instants.

An event keeps the time that the clock on the wall shows, and its time zone: 18:00 stays 18:00 when the hour changes.
RFC 5545 §3.3.5 says what two strange times are: one that comes twice (02:30 in October) is the first of the two; one
that never comes (02:30 in March) counts with the offset before the change, so that it is 03:30.
"""

import datetime
from dataclasses import dataclass
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from evenements.calendrier.erreurs import HoraireError

MINUIT = datetime.time.min
UN_JOUR = datetime.timedelta(days=1)
TIC = datetime.timedelta.resolution
HORS_CALENDRIER = "Cette date est trop lointaine."


@dataclass(frozen=True)
class Moment:
    """When one date of an event takes place. `jour` and `jour_fin` are civil days of its time zone, both included."""

    debut: datetime.datetime
    fin: datetime.datetime
    jour: datetime.date
    jour_fin: datetime.date
    journee_entiere: bool
    fuseau: str


@cache
def _fuseaux() -> frozenset[str]:
    return frozenset(available_timezones())


def fuseau_connu(fuseau: str) -> bool:
    """Tell whether this is the name of a time zone, as calendars know them."""
    return fuseau in _fuseaux()


def zone(fuseau: str) -> ZoneInfo:
    if not fuseau_connu(fuseau):
        raise HoraireError(f"Le fuseau horaire « {fuseau} » n’existe pas.")
    return ZoneInfo(fuseau)


def instants(
    jour: datetime.date,
    jour_fin: datetime.date,
    heure_debut: datetime.time | None,
    heure_fin: datetime.time | None,
    fuseau: str,
) -> tuple[datetime.datetime, datetime.datetime]:
    """Return when an event begins and ends, in UTC.

    Without hours it takes whole days, up to the midnight that ends `jour_fin`. On one day, an end that comes no later
    than the beginning is of the next day: "22:00 to 02:00", "22:00 to 00:00".
    """
    if jour_fin < jour:
        raise HoraireError("L’événement finit avant de commencer.")
    if (heure_debut is None) != (heure_fin is None):
        raise HoraireError("Donnez l’heure du début et l’heure de la fin, ou aucune des deux.")
    if heure_debut is None or heure_fin is None:
        return _instant(jour, MINUIT, fuseau), _instant(_lendemain(jour_fin), MINUIT, fuseau)
    if jour == jour_fin and heure_fin <= heure_debut:
        if heure_fin == heure_debut != MINUIT:
            raise HoraireError("L’événement finit à l’heure où il commence.")
        jour_fin = _lendemain(jour_fin)
    debut, fin = _instant(jour, heure_debut, fuseau), _instant(jour_fin, heure_fin, fuseau)
    if fin <= debut:
        # It begins in the hour that never comes: it starts later, and lasts as long.
        mur = datetime.datetime.combine(jour_fin, heure_fin) - datetime.datetime.combine(jour, heure_debut)
        fin = debut + mur
    return debut, fin


def _lendemain(jour: datetime.date) -> datetime.date:
    if jour == datetime.date.max:
        raise HoraireError(HORS_CALENDRIER)
    return jour + UN_JOUR


def _instant(jour: datetime.date, heure: datetime.time, fuseau: str) -> datetime.datetime:
    # fold=0 is what the RFC asks, both for an hour that comes twice and for one that never does.
    mur = datetime.datetime.combine(jour, heure.replace(tzinfo=None, fold=0), zone(fuseau))
    try:
        return mur.astimezone(datetime.UTC)
    except OverflowError as error:
        raise HoraireError(HORS_CALENDRIER) from error


def civil(debut: datetime.datetime, fin: datetime.datetime, fuseau: str) -> tuple[datetime.date, datetime.date]:
    """Return the first and the last day of an event, both included: what ends at midnight has no second day."""
    heure_locale = zone(fuseau)
    jour = debut.astimezone(heure_locale).date()
    return jour, max(jour, (fin.astimezone(datetime.UTC) - TIC).astimezone(heure_locale).date())


def moment(
    jour: datetime.date,
    duree: datetime.timedelta,
    heure_debut: datetime.time | None,
    heure_fin: datetime.time | None,
    fuseau: str,
) -> Moment:
    """Return one date of an event: that of `jour`, whose last day as it is written comes `duree` later."""
    debut, fin = instants(jour, jour + duree, heure_debut, heure_fin, fuseau)
    premier, dernier = civil(debut, fin, fuseau)
    return Moment(debut, fin, premier, dernier, heure_debut is None, fuseau)
