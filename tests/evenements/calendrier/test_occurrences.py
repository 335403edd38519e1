"""The days of a rule are those that any calendar finds in it."""

import datetime
from itertools import islice

import pytest
import recurring_ical_events
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from evenements.calendrier import Frequence, Regle, correspond, jours, premier_jour
from tests.evenements.calendrier.strategies import JOURS, PARIS, REGLES

LOIN = datetime.date(2040, 1, 1)
D = datetime.date


def dix(regle: Regle, premier: datetime.date) -> list[datetime.date]:
    return list(islice(jours(regle, premier, jusqu_a=LOIN), 10))


def calendrier(regle: Regle, premier: datetime.date, exclus: list[datetime.date], *, heure: str) -> Calendar:
    """Return the rule as a feed writes it: whole days, or 18:00 in Paris."""
    if heure:
        fin = datetime.datetime.combine(regle.jusqu_au or LOIN, datetime.time(23), datetime.UTC)
        quand = f"DTSTART;TZID={PARIS}:{premier:%Y%m%d}T{heure}\r\nDURATION:PT2H"
        exdates = "".join(f"EXDATE;TZID={PARIS}:{jour:%Y%m%d}T{heure}\r\n" for jour in exclus)
    else:
        fin, quand = None, f"DTSTART;VALUE=DATE:{premier:%Y%m%d}"
        exdates = "".join(f"EXDATE;VALUE=DATE:{jour:%Y%m%d}\r\n" for jour in exclus)
    rrule = ";".join(f"{nom}={valeur}" for nom, valeur in regle.parties(fin).items())
    return Calendar.from_ical(
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//essai//FR\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTAMP:20260101T000000Z\r\n"
        f"{quand}\r\nRRULE:{rrule}\r\n{exdates}END:VEVENT\r\nEND:VCALENDAR\r\n"
    )


@settings(max_examples=200, deadline=None)
@given(REGLES, JOURS, st.sets(st.integers(0, 20), max_size=3), st.sampled_from(["", "180000", "023000"]))
def test_the_days_are_those_of_a_calendar_over_18_months(
    regle: Regle, premier: datetime.date, exclus: set[int], heure: str
) -> None:
    debut = premier_jour(regle, premier)
    assume(debut is not None)
    assert debut is not None
    horizon = premier + datetime.timedelta(days=548)
    tous = list(jours(regle, premier, jusqu_a=horizon))
    retires = [jour for rang, jour in enumerate(tous) if rang in exclus]
    found = recurring_ical_events.of(calendrier(regle, debut, retires, heure=heure)).between(
        premier, horizon + datetime.timedelta(days=1)
    )
    starts = sorted(event.start for event in found)
    expected = list(jours(regle, premier, exclus=retires, jusqu_a=horizon))
    assert [getattr(start, "date", lambda start=start: start)() for start in starts] == expected
    if heure == "180000":
        assert {start.hour for start in starts} <= {18}


@given(REGLES, JOURS, st.sets(JOURS), JOURS)
def test_days_go_forward_within_their_limits(
    regle: Regle, premier: datetime.date, exclus: set[datetime.date], horizon: datetime.date
) -> None:
    found = list(islice(jours(regle, premier, exclus=exclus, jusqu_a=horizon), 300))
    assert found == sorted(set(found))
    assert all(premier <= jour <= min(horizon, regle.jusqu_au or horizon) for jour in found)
    assert not exclus.intersection(found)
    assert regle.nombre is None or len(found) <= regle.nombre


@given(REGLES, JOURS)
def test_beginning_on_the_first_day_changes_nothing(regle: Regle, premier: datetime.date) -> None:
    debut = premier_jour(regle, premier)
    if debut is not None:
        assert correspond(regle, debut)
        assert dix(regle, debut) == dix(regle, premier)


@given(REGLES, JOURS, st.integers(0, 800))
def test_a_nearer_horizon_only_cuts(regle: Regle, premier: datetime.date, days: int) -> None:
    near, far = premier + datetime.timedelta(days=days), premier + datetime.timedelta(days=800)
    assert list(jours(regle, premier, jusqu_a=near)) == [j for j in jours(regle, premier, jusqu_a=far) if j <= near]


def test_without_a_rule_there_is_one_day() -> None:
    jour = D(2028, 2, 29)
    assert list(jours(None, jour, jusqu_a=D(2026, 1, 1))) == [jour]
    assert list(jours(None, jour, exclus={jour}, jusqu_a=LOIN)) == []
    assert premier_jour(None, jour) == jour


def test_a_month_without_the_31st_has_no_date() -> None:
    found = dix(Regle(Frequence.MENSUELLE_JOUR, jour_du_mois=31), D(2026, 1, 1))
    assert [(j.month, j.day) for j in found[:7]] == [(1, 31), (3, 31), (5, 31), (7, 31), (8, 31), (10, 31), (12, 31)]


def test_every_month_has_a_last_day() -> None:
    found = dix(Regle(Frequence.MENSUELLE_JOUR, jour_du_mois=-1), D(2028, 1, 1))
    assert [j.day for j in found] == [31, 29, 31, 30, 31, 30, 31, 31, 30, 31]


def test_the_29th_skips_most_februaries() -> None:
    found = list(jours(Regle(Frequence.MENSUELLE_JOUR, jour_du_mois=29), D(2026, 1, 29), jusqu_a=D(2028, 12, 31)))
    assert [j for j in found if j.month == 2] == [D(2028, 2, 29)]


def test_the_fifth_is_the_last_of_a_month() -> None:
    found = dix(Regle(Frequence.MENSUELLE_RANG, (4,), -1), D(2026, 1, 1))
    assert found[:3] == [D(2026, 1, 30), D(2026, 2, 27), D(2026, 3, 27)]


def test_fortnights_are_counted_from_the_week_of_the_first_day() -> None:
    # 10 June 2026 is a Wednesday: its Monday has gone, so has the next one.
    assert dix(Regle(Frequence.QUINZAINE, (0,)), D(2026, 6, 10))[:2] == [D(2026, 6, 22), D(2026, 7, 6)]
    assert dix(Regle(Frequence.QUINZAINE, (0, 4)), D(2026, 6, 10))[:3] == [
        D(2026, 6, 12),
        D(2026, 6, 22),
        D(2026, 6, 26),
    ]


def test_an_excluded_day_counts_among_the_times() -> None:
    regle = Regle(Frequence.HEBDOMADAIRE, (1,), nombre=3)
    assert list(jours(regle, D(2026, 6, 2), exclus={D(2026, 6, 9)}, jusqu_a=LOIN)) == [D(2026, 6, 2), D(2026, 6, 16)]


@pytest.mark.parametrize("nombre", [None, 5])
def test_a_rule_may_give_no_day(nombre: int | None) -> None:
    fin = None if nombre else D(2026, 6, 1)
    regle = Regle(Frequence.HEBDOMADAIRE, (1,), nombre=nombre, jusqu_au=fin)
    assert premier_jour(regle, D(2026, 6, 2)) == (D(2026, 6, 2) if nombre else None)
