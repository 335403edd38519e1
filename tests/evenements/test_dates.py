"""What readers read of a date, in their language: civil days, never those of an instant seen from elsewhere."""

import datetime

import pytest
from django.conf import settings
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from evenements.calendrier import HoraireError, Moment, Regle, moment
from evenements.dates import (
    balises,
    dans_la_case,
    decrire,
    jour_court,
    jour_long,
    jours_de_la_semaine,
    mois_annee,
    quand,
    quand_court,
)
from tests.evenements.calendrier.strategies import FUSEAUX, HEURES, JOURS, PARIS, REGLES

LANGUES = [code for code, _name in settings.LANGUAGES]
D, T = datetime.date, datetime.time


def le(jour: str, heures: str = "", jours: int = 1, fuseau: str = PARIS) -> Moment:
    debut, fin = (T.fromisoformat(heure) for heure in heures.split("-")) if heures else (None, None)
    return moment(D.fromisoformat(jour), datetime.timedelta(days=jours - 1), debut, fin, fuseau)


def dit(texte: str) -> str:
    """Return a text with ordinary spaces: those of hours are non-breaking ones."""
    return texte.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("date", "attendu"),
    [
        (le("2026-06-03", "14:00-16:00"), "mercredi 3 juin 2026, de 14 h à 16 h"),
        (le("2026-06-03", "09:05-16:30"), "mercredi 3 juin 2026, de 9 h 05 à 16 h 30"),
        (le("2026-06-01", "14:00-16:00"), "lundi 1er juin 2026, de 14 h à 16 h"),
        (le("2026-06-01"), "lundi 1er juin 2026, toute la journée"),
        (le("2026-06-01", "00:00-23:59"), "lundi 1er juin 2026, toute la journée"),
        (le("2026-06-01", "00:00-00:00"), "lundi 1er juin 2026, toute la journée"),
        (le("2026-06-01", "00:00-02:00"), "lundi 1er juin 2026, de minuit à 2 h"),
        (le("2026-06-01", "22:00-00:00"), "lundi 1er juin 2026, de 22 h à minuit"),
        (le("2026-06-01", "22:00-02:00"), "lundi 1er juin 2026, de 22 h à 2 h le lendemain"),
        (le("2028-02-29", "22:00-02:00"), "mardi 29 février 2028, de 22 h à 2 h le lendemain"),
        (le("2026-06-02", jours=3), "du mardi 2 au jeudi 4 juin 2026"),
        (le("2026-05-30", jours=3), "du samedi 30 mai au lundi 1er juin 2026"),
        (le("2026-12-31", jours=2), "du jeudi 31 décembre 2026 au vendredi 1er janvier 2027"),
        (le("2026-06-02", "09:00-17:00", 2), "du mardi 2 juin à 9 h au mercredi 3 juin 2026 à 17 h"),
        (le("2026-06-02", "09:00-00:00", 3), "du mardi 2 juin à 9 h au mercredi 3 juin 2026 à minuit"),
        (le("2026-06-02", "00:00-23:59", 3), "du mardi 2 au jeudi 4 juin 2026"),
        (le("2026-06-02", "09:00-11:00", fuseau="Indian/Reunion"),
         "mardi 2 juin 2026, de 9 h à 11 h (heure de La Réunion)"),
        (le("2026-06-02", "09:00-11:00", fuseau="Europe/Brussels"), "mardi 2 juin 2026, de 9 h à 11 h"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("langue", ["fr", "fr-simple"])
def test_when_in_french(date: Moment, attendu: str, langue: str) -> None:
    with override(langue):
        assert dit(quand(date)) == attendu


@pytest.mark.parametrize(
    ("langue", "soir", "nuit", "jours", "longue"),
    [
        ("en", "Wednesday 3 June 2026, 14:00 to 16:30", "Monday 1 June 2026, 22:00 to 02:00 the next day",
         "Saturday 30 May to Monday 1 June 2026", "Tuesday 2 June at 09:00 to Wednesday 3 June 2026 at 24:00"),
        ("es", "miércoles, 3 de junio de 2026, de 14:00 a 16:30",
         "lunes, 1 de junio de 2026, de 22:00 a 02:00 del día siguiente",
         "del sábado 30 de mayo al lunes 1 de junio de 2026",
         "del martes 2 de junio a las 09:00 al miércoles 3 de junio de 2026 a las 24:00"),
        ("pt", "quarta-feira, 3 de junho de 2026, das 14:00 às 16:30",
         "segunda-feira, 1 de junho de 2026, das 22:00 às 02:00 do dia seguinte",
         "de sábado 30 de maio a segunda-feira 1 de junho de 2026",
         "de terça-feira 2 de junho às 09:00 a quarta-feira 3 de junho de 2026 às 24:00"),
        ("ar", "الأربعاء، 3 يونيو 2026، من 14:00 إلى 16:30",
         "الاثنين، 1 يونيو 2026، من 22:00 إلى 02:00 في اليوم التالي",
         "من السبت 30 مايو إلى الاثنين 1 يونيو 2026",
         "من الثلاثاء 2 يونيو الساعة 09:00 إلى الأربعاء 3 يونيو 2026 الساعة 24:00"),
    ],
)  # fmt: skip
def test_when_in_other_languages(langue: str, soir: str, nuit: str, jours: str, longue: str) -> None:
    with override(langue):
        assert quand(le("2026-06-03", "14:00-16:30")) == soir
        assert quand(le("2026-06-01", "22:00-02:00")) == nuit
        assert quand(le("2026-05-30", jours=3)) == jours
        assert quand(le("2026-06-02", "09:00-00:00", 3)) == longue


@pytest.mark.parametrize(
    ("langue", "attendu"),
    [
        ("fr", ["mer. 3 juin 2026, 14 h – 16 h", "lun. 1er juin 2026", "mar. 2 juin 2026, 22 h – 2 h",
                "2–4 juin 2026"]),
        ("fr-simple", ["mercredi 3 juin 2026, de 14 h à 16 h", "lundi 1er juin 2026, toute la journée",
                       "mardi 2 juin 2026, de 22 h à 2 h le lendemain", "du mardi 2 au jeudi 4 juin 2026"]),
        ("en", ["Wed 3 Jun 2026, 14:00 – 16:00", "Mon 1 Jun 2026", "Tue 2 Jun 2026, 22:00 – 02:00", "2–4 Jun 2026"]),
        ("es", ["mié, 3 de jun de 2026, 14:00 – 16:00", "lun, 1 de jun de 2026",
                "mar, 2 de jun de 2026, 22:00 – 02:00", "2–4 jun 2026"]),
    ],
)  # fmt: skip
def test_when_on_a_card(langue: str, attendu: list[str]) -> None:
    dates = [
        le("2026-06-03", "14:00-16:00"),
        le("2026-06-01"),
        le("2026-06-02", "22:00-02:00"),
        le("2026-06-02", jours=3),
    ]
    with override(langue):
        assert [dit(quand_court(date)) for date in dates] == attendu


def test_when_in_the_cell_of_a_day() -> None:
    with override("fr"):
        jours = [D(2026, 6, day) for day in (2, 3, 4)]
        assert dit(dans_la_case(le("2026-06-02", "14:30-16:00"), jours[0])) == "14 h 30"
        assert [dit(dans_la_case(le("2026-06-02", "09:00-17:00", 3), jour)) for jour in jours] == [
            "9 h",
            "journée",
            "jusqu’à 17 h",
        ]
        assert [dans_la_case(le("2026-06-02", jours=3), jour) for jour in jours] == ["journée"] * 3
        assert dit(dans_la_case(le("2026-06-02", "22:00-02:00"), jours[1])) == "jusqu’à 2 h"


def test_for_programs() -> None:
    assert balises(le("2026-06-03", "14:00-16:00")) == ("2026-06-03T14:00+02:00", "2026-06-03T16:00+02:00")
    assert balises(le("2026-12-03", "14:00-16:00")) == ("2026-12-03T14:00+01:00", "2026-12-03T16:00+01:00")
    assert balises(le("2026-06-02", jours=3)) == ("2026-06-02", "2026-06-04")


def test_days_and_months() -> None:
    jour = D(2026, 6, 1)
    with override("fr"):
        assert jour_long(jour, annee=False) == "lundi 1er juin"
        assert jour_long(jour, semaine=False) == "1er juin 2026"
        assert jour_court(jour) == "lun. 1er juin 2026"
        assert jours_de_la_semaine()[0] == ("lundi", "lun.")
    with override("es"):
        assert jour_long(jour, annee=False) == "lunes, 1 de junio"
        assert jour_long(jour, semaine=False) == "1 de junio de 2026"
    assert [mois_annee_en(langue) for langue in LANGUES] == [
        "juin 2026", "juin 2026", "June 2026", "يونيو 2026", "junio de 2026", "junho de 2026"
    ]  # fmt: skip


def mois_annee_en(langue: str) -> str:
    with override(langue):
        return mois_annee(D(2026, 6, 15))


@given(JOURS, HEURES, HEURES, FUSEAUX, st.sampled_from(LANGUES))
def test_one_day_is_never_shown_as_two(
    jour: datetime.date, debut: datetime.time, fin: datetime.time, fuseau: str, langue: str
) -> None:
    try:
        date = moment(jour, datetime.timedelta(0), debut, fin, fuseau)
    except HoraireError:
        return
    with override(langue):
        texte, court = quand(date), quand_court(date)
        if date.jour == date.jour_fin == jour:
            assert texte.startswith(jour_long(jour))
            assert court.startswith((jour_court(jour), jour_long(jour)))
            veille, lendemain = (jour + datetime.timedelta(days=days) for days in (-1, 1))
            for autre in (veille, lendemain):
                assert jour_long(autre, semaine=False) not in texte.replace(jour_long(jour), "")


@given(JOURS, st.integers(0, 40), st.sampled_from(LANGUES))
def test_whole_days_name_the_first_and_the_last(jour: datetime.date, days: int, langue: str) -> None:
    date = moment(jour, datetime.timedelta(days=days), None, None, PARIS)
    with override(langue):
        texte = quand(date)
        assert "%" not in texte
        assert str(date.jour.day) in texte
        assert str(date.jour_fin.year) in texte


@pytest.mark.parametrize(
    ("rrule", "attendu"),
    [
        ("FREQ=WEEKLY;BYDAY=TU", "chaque semaine, le mardi"),
        ("FREQ=WEEKLY;BYDAY=MO,TH,SU;COUNT=3", "chaque semaine, le lundi, le jeudi et le dimanche, 3 fois"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;COUNT=1", "toutes les deux semaines, le mardi, 1 fois"),
        ("FREQ=MONTHLY;BYDAY=1TU;UNTIL=20270630", "le premier mardi de chaque mois, jusqu’au 30 juin 2027"),
        ("FREQ=MONTHLY;BYDAY=-1SU;UNTIL=20270701", "le dernier dimanche de chaque mois, jusqu’au 1er juillet 2027"),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", "le dernier jour de chaque mois"),
        ("FREQ=MONTHLY;BYMONTHDAY=1", "le premier jour de chaque mois"),
        ("FREQ=MONTHLY;BYMONTHDAY=31", "le 31 de chaque mois"),
    ],
)
def test_a_recurrence_in_french(rrule: str, attendu: str) -> None:
    with override("fr"):
        assert decrire(Regle.depuis_rrule(rrule)) == attendu


@pytest.mark.parametrize(
    ("langue", "rang", "semaine"),
    [
        ("en", "on the first Tuesday of every month, until 30 June 2027", "every week on Monday and Sunday, 3 times"),
        ("es", "el primer martes de cada mes, hasta el 30 de junio de 2027",
         "cada semana, el lunes y el domingo, 3 veces"),
        ("pt", "na primeira terça-feira de cada mês, até 30 de junho de 2027",
         "todas as semanas, à segunda-feira e ao domingo, 3 vezes"),
        ("ar", "يوم الثلاثاء الأول من كل شهر، حتى 30 يونيو 2027", "كل أسبوع، يوم الاثنين ويوم الأحد، 3 مرات"),
    ],
)  # fmt: skip
def test_a_recurrence_in_other_languages(langue: str, rang: str, semaine: str) -> None:
    with override(langue):
        assert decrire(Regle.depuis_rrule("FREQ=MONTHLY;BYDAY=1TU;UNTIL=20270630")) == rang
        assert decrire(Regle.depuis_rrule("FREQ=WEEKLY;BYDAY=MO,SU;COUNT=3")) == semaine


@given(REGLES, st.sampled_from(LANGUES))
def test_every_recurrence_has_words(regle: Regle, langue: str) -> None:
    with override(langue):
        assert decrire(regle)
        assert "%" not in decrire(regle)
