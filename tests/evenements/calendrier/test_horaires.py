"""Wall times and instants: changes of hour, midnight, whole days, every time zone."""

import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenements.calendrier import HoraireError, civil, fuseau_connu, instants, moment
from tests.evenements.calendrier.strategies import FUSEAUX, HEURES, JOURS, PARIS, TOUS_LES_FUSEAUX

D, T = datetime.date, datetime.time
DUREES = st.integers(0, 4)


def utc(texte: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(texte + "Z")


@given(JOURS, DUREES, HEURES, HEURES, FUSEAUX | TOUS_LES_FUSEAUX)
def test_an_event_lasts_and_shows_its_hours(
    jour: datetime.date, days: int, debute: datetime.time, finit: datetime.time, fuseau: str
) -> None:
    jour_fin = jour + datetime.timedelta(days=days)
    try:
        debut, fin = instants(jour, jour_fin, debute, finit, fuseau)
    except HoraireError:
        assert days == 0
        assert debute == finit != T.min
        return
    assert debut < fin
    assert debut.tzinfo is fin.tzinfo is datetime.UTC
    # The clock shows the hour asked, but when that hour does not exist.
    mur = datetime.datetime.combine(jour, debute.replace(fold=0), ZoneInfo(fuseau))
    shown = debut.astimezone(ZoneInfo(fuseau))
    aller_retour = mur.astimezone(datetime.UTC).astimezone(ZoneInfo(fuseau)).replace(tzinfo=None)
    assert shown.replace(tzinfo=None) == aller_retour
    assert shown.fold == 0
    premier, dernier = civil(debut, fin, fuseau)
    assert premier == aller_retour.date()
    assert premier <= dernier <= jour_fin + datetime.timedelta(days=1)


@given(JOURS, DUREES, FUSEAUX | TOUS_LES_FUSEAUX)
def test_whole_days_are_those_that_were_asked(jour: datetime.date, days: int, fuseau: str) -> None:
    jour_fin = jour + datetime.timedelta(days=days)
    debut, fin = instants(jour, jour_fin, None, None, fuseau)
    assert civil(debut, fin, fuseau) == (jour, jour_fin)


@given(JOURS, HEURES, st.timedeltas(datetime.timedelta(seconds=1), datetime.timedelta(days=10)), FUSEAUX)
def test_civil_days_hold_the_event(
    jour: datetime.date, heure: datetime.time, duree: datetime.timedelta, fuseau: str
) -> None:
    debut = datetime.datetime.combine(jour, heure, datetime.UTC)
    premier, dernier = civil(debut, debut + duree, fuseau)
    heure_locale = ZoneInfo(fuseau)
    assert premier == debut.astimezone(heure_locale).date()
    assert premier <= dernier <= (debut + duree).astimezone(heure_locale).date()


@pytest.mark.parametrize(
    ("jour", "debute", "finit", "debut", "fin", "jours"),
    [
        # Ordinary days, in winter and in summer.
        (D(2026, 1, 6), T(18), T(20), "2026-01-06T17:00", "2026-01-06T19:00", 1),
        (D(2026, 6, 2), T(18), T(20), "2026-06-02T16:00", "2026-06-02T18:00", 1),
        # 29 March 2026: 02:00 becomes 03:00.
        (D(2026, 3, 29), T(1, 30), T(3, 30), "2026-03-29T00:30", "2026-03-29T01:30", 1),
        (D(2026, 3, 29), T(2, 30), T(4), "2026-03-29T01:30", "2026-03-29T02:00", 1),
        (D(2026, 3, 29), T(1, 30), T(2, 30), "2026-03-29T00:30", "2026-03-29T01:30", 1),
        # It begins in the hour that does not exist, and would end before: it lasts half an hour all the same.
        (D(2026, 3, 29), T(2, 30), T(3), "2026-03-29T01:30", "2026-03-29T02:00", 1),
        # 25 October 2026: 03:00 becomes 02:00. 02:30 is the first one, 03:00 comes an hour and a half later.
        (D(2026, 10, 25), T(2, 30), T(2, 45), "2026-10-25T00:30", "2026-10-25T00:45", 1),
        (D(2026, 10, 25), T(2, 30), T(3), "2026-10-25T00:30", "2026-10-25T02:00", 1),
        (D(2026, 10, 24), T(22), T(6), "2026-10-24T20:00", "2026-10-25T05:00", 2),
        # Midnight.
        (D(2026, 6, 1), T(0), T(23, 59), "2026-05-31T22:00", "2026-06-01T21:59", 1),
        (D(2026, 6, 1), T(0), T(0), "2026-05-31T22:00", "2026-06-01T22:00", 1),
        (D(2026, 6, 1), T(22), T(0), "2026-06-01T20:00", "2026-06-01T22:00", 1),
        (D(2026, 6, 1), T(22), T(0, 1), "2026-06-01T20:00", "2026-06-01T22:01", 2),
        (D(2026, 12, 31), T(22), T(2), "2026-12-31T21:00", "2027-01-01T01:00", 2),
        (D(2028, 2, 29), T(22), T(2), "2028-02-29T21:00", "2028-03-01T01:00", 2),
        # Whole days: 23 hours, 25 hours, and a leap day.
        (D(2026, 3, 29), None, None, "2026-03-28T23:00", "2026-03-29T22:00", 1),
        (D(2026, 10, 25), None, None, "2026-10-24T22:00", "2026-10-25T23:00", 1),
        (D(2028, 2, 29), None, None, "2028-02-28T23:00", "2028-02-29T23:00", 1),
    ],
)  # fmt: skip
def test_days_of_paris(
    jour: datetime.date,
    debute: datetime.time | None,
    finit: datetime.time | None,
    debut: str,
    fin: str,
    jours: int,
) -> None:
    assert instants(jour, jour, debute, finit, PARIS) == (utc(debut), utc(fin))
    assert civil(utc(debut), utc(fin), PARIS) == (jour, jour + datetime.timedelta(days=jours - 1))


def test_several_days() -> None:
    found = moment(D(2026, 6, 2), datetime.timedelta(days=2), T(9), T(17), PARIS)
    assert (found.jour, found.jour_fin, found.journee_entiere) == (D(2026, 6, 2), D(2026, 6, 4), False)
    assert found.fin == utc("2026-06-04T15:00")
    # Written as ending on the 4th at midnight, it ends with the 3rd.
    assert moment(D(2026, 6, 2), datetime.timedelta(days=2), T(9), T(0), PARIS).jour_fin == D(2026, 6, 3)
    assert moment(D(2026, 6, 2), datetime.timedelta(days=2), None, None, PARIS).journee_entiere


@pytest.mark.parametrize(
    ("demande", "message"),
    [
        ((D(2026, 6, 2), D(2026, 6, 1), T(9), T(10), PARIS), "avant de commencer"),
        ((D(2026, 6, 2), D(2026, 6, 1), None, None, PARIS), "avant de commencer"),
        ((D(2026, 6, 2), D(2026, 6, 2), T(9), None, PARIS), "aucune des deux"),
        ((D(2026, 6, 2), D(2026, 6, 2), None, T(9), PARIS), "aucune des deux"),
        ((D(2026, 6, 2), D(2026, 6, 2), T(9), T(9), PARIS), "où il commence"),
        ((D(2026, 6, 2), D(2026, 6, 2), T(9), T(10), "Europe/Lutèce"), "n’existe pas"),
        ((D(2026, 6, 2), D(2026, 6, 2), T(9), T(10), "../etc/passwd"), "n’existe pas"),
        ((D.max, D.max, None, None, PARIS), "trop lointaine"),
        ((D.max, D.max, T(22), T(2), PARIS), "trop lointaine"),
        ((D.min, D.min, T(0), T(1), PARIS), "trop lointaine"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused(demande: tuple[object, ...], message: str) -> None:
    with pytest.raises(HoraireError, match=message):
        instants(*demande)  # type: ignore[arg-type]  # what a form may send


def test_names_of_time_zones() -> None:
    assert fuseau_connu(PARIS)
    assert not fuseau_connu("")
    assert not fuseau_connu("paris")
