"""A rule is written and read again as it was; what the form cannot express is refused."""

import datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from evenements.calendrier import Frequence, Regle, RegleError
from tests.evenements.calendrier.strategies import REGLES

JUIN = datetime.date(2027, 6, 30)


@given(REGLES)
def test_a_rule_is_read_as_it_was_written(regle: Regle) -> None:
    texte = regle.rrule()
    assert Regle.depuis_rrule(texte) == regle
    assert Regle.depuis_rrule(texte).rrule() == texte
    assert len(texte) <= 200


@pytest.mark.parametrize(
    ("texte", "regle", "ecrit"),
    [
        ("FREQ=WEEKLY;BYDAY=TU", Regle(Frequence.HEBDOMADAIRE, (1,)), None),
        ("RRULE:freq=weekly;wkst=mo;interval=1;byday=th,tu", Regle(Frequence.HEBDOMADAIRE, (1, 3)),
         "FREQ=WEEKLY;BYDAY=TU,TH"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO;COUNT=10", Regle(Frequence.QUINZAINE, (0,), nombre=10), None),
        ("FREQ=MONTHLY;BYMONTHDAY=31", Regle(Frequence.MENSUELLE_JOUR, jour_du_mois=31), None),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", Regle(Frequence.MENSUELLE_JOUR, jour_du_mois=-1), None),
        ("FREQ=MONTHLY;BYDAY=1TU;UNTIL=20270630", Regle(Frequence.MENSUELLE_RANG, (1,), 1, jusqu_au=JUIN), None),
        ("UNTIL=20270630;BYDAY=+1TU;FREQ=MONTHLY", Regle(Frequence.MENSUELLE_RANG, (1,), 1, jusqu_au=JUIN),
         "FREQ=MONTHLY;BYDAY=1TU;UNTIL=20270630"),
        ("FREQ=MONTHLY;BYDAY=-1FR", Regle(Frequence.MENSUELLE_RANG, (4,), -1), None),
    ],
)  # fmt: skip
def test_what_is_read(texte: str, regle: Regle, ecrit: str | None) -> None:
    assert Regle.depuis_rrule(texte) == regle
    assert regle.rrule() == (ecrit or texte)


@pytest.mark.parametrize(
    ("texte", "message"),
    [
        ("", "pas lisible"),
        ("tous les mardis", "pas lisible"),
        ("FREQ=WEEKLY;", "pas lisible"),
        ("FREQ=", "pas lisible"),
        ("BYDAY=MO", "sa fréquence"),
        ("FREQ=DAILY", "chaque semaine"),
        ("FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=1", "BYMONTH"),
        ("FREQ=SECONDLY", "chaque semaine"),
        ("FREQ=WEEKLY", "jours de la semaine"),
        ("FREQ=WEEKLY;INTERVAL=3;BYDAY=MO", "chaque semaine"),
        ("FREQ=WEEKLY;INTERVAL=0;BYDAY=MO", "commence à 1"),
        ("FREQ=WEEKLY;INTERVAL=²;BYDAY=MO", "pas un nombre"),
        ("FREQ=WEEKLY;BYDAY=1MO", "BYDAY"),
        ("FREQ=WEEKLY;BYDAY=MO,MO", "deux fois"),
        ("FREQ=WEEKLY;BYDAY=MO;BYDAY=TU", "deux fois"),
        ("FREQ=WEEKLY;BYDAY=", "pas lisible"),
        ("FREQ=WEEKLY;BYDAY=LU", "BYDAY"),
        ("FREQ=WEEKLY;BYDAY=MO;BYMONTHDAY=1", "jour du mois"),
        ("FREQ=WEEKLY;BYDAY=MO;WKST=SU", "lundi"),
        ("FREQ=WEEKLY;BYDAY=MO;BYHOUR=18", "BYHOUR"),
        ("FREQ=WEEKLY;BYDAY=MO;UNTIL=20270630T215959Z", "AAAAMMJJ"),
        ("FREQ=WEEKLY;BYDAY=MO;UNTIL=20270631", "n’existe pas"),
        ("FREQ=WEEKLY;BYDAY=MO;UNTIL=00000101", "n’existe pas"),
        ("FREQ=WEEKLY;BYDAY=MO;COUNT=0", "commence à 1"),
        ("FREQ=WEEKLY;BYDAY=MO;COUNT=-3", "commence à 1"),
        ("FREQ=WEEKLY;BYDAY=MO;COUNT=1e3", "pas un nombre"),
        ("FREQ=WEEKLY;BYDAY=MO;COUNT=1001", "de 1 à 1000"),
        ("FREQ=WEEKLY;BYDAY=MO;COUNT=3;UNTIL=20270630", "choisissez"),
        ("FREQ=MONTHLY", "par mois"),
        ("FREQ=MONTHLY;BYDAY=TU", "pas un nombre"),
        ("FREQ=MONTHLY;BYDAY=5TU", "le dernier"),
        ("FREQ=MONTHLY;BYDAY=-2TU", "le dernier"),
        ("FREQ=MONTHLY;BYDAY=1TU,3TU", "pas un nombre"),
        ("FREQ=MONTHLY;BYDAY=TU;BYSETPOS=1", "BYSETPOS"),
        ("FREQ=MONTHLY;INTERVAL=2;BYDAY=1TU", "chaque mois"),
        ("FREQ=MONTHLY;BYMONTHDAY=0", "de 1 à 31"),
        ("FREQ=MONTHLY;BYMONTHDAY=32", "de 1 à 31"),
        ("FREQ=MONTHLY;BYMONTHDAY=-2", "de 1 à 31"),
        ("FREQ=MONTHLY;BYMONTHDAY=1,15", "pas un nombre"),
        ("FREQ=MONTHLY;BYMONTHDAY=1;BYDAY=MO", "par mois"),
        ("FREQ=WEEKLY;X-ABC=1;BYDAY=MO", "X-ABC"),
        ("FREQ=WEEKLY;BYDAY=MO\r\nEXDATE:20260101", "BYDAY"),
        ("FREQ=WEEKLY;BYDAY=" + ",".join(["MO"] * 100), "trop longue"),
        ("FREQ=WEEKLY;BYDAY=MO;COUNT=" + "9" * 100, "de 1 à 1000"),
    ],
)  # fmt: skip
def test_what_is_refused(texte: str, message: str) -> None:
    with pytest.raises(RegleError, match=message):
        Regle.depuis_rrule(texte)


@given(st.text(alphabet="FREQWLYMONTHBDAUIC=;,:-+0123456789²٣\n é", max_size=60) | st.text())
@example("FREQ=MONTHLY;BYDAY=")
@example("FREQ=MONTHLY;BYDAY=U")
def test_any_text_is_read_or_refused(texte: str) -> None:
    try:
        regle = Regle.depuis_rrule(texte)
    except RegleError:
        return
    assert Regle.depuis_rrule(regle.rrule()) == regle


@pytest.mark.parametrize(
    "champs",
    [
        {"frequence": "quotidienne"},
        {"frequence": "hebdomadaire"},
        {"frequence": "hebdomadaire", "jours": (7,)},
        {"frequence": "hebdomadaire", "jours": (0,), "rang": 1},
        {"frequence": "quinzaine", "jours": (0,), "jour_du_mois": 1},
        {"frequence": "mensuelle_jour"},
        {"frequence": "mensuelle_jour", "jour_du_mois": 3, "jours": (0,)},
        {"frequence": "mensuelle_rang", "jours": (0, 1), "rang": 1},
        {"frequence": "mensuelle_rang", "jours": (0,)},
        {"frequence": "hebdomadaire", "jours": (0,), "nombre": 3, "jusqu_au": JUIN},
        {"frequence": "hebdomadaire", "jours": (0,), "nombre": 0},
    ],
)
def test_a_rule_never_contradicts_itself(champs: dict[str, object]) -> None:
    with pytest.raises(RegleError):
        Regle(**champs)  # type: ignore[arg-type]  # what a form may send
