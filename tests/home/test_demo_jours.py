"""The agenda of the demonstration may be seeded on any day: on an empty site, apart from the seeded one."""

import datetime
from collections import Counter

import pytest

from evenements.models import Evenement, QuotaParticipants, Seance
from home.demo import agenda, sources
from home.demo.inscrits import semer_inscrits
from socle.models import HoraireLieu

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
# Every other month, the days when offices close, the last of February, and a day of rest.
JOURS = [datetime.date(2027, month, 9) for month in range(1, 13, 2)] + [
    datetime.date(2026, 12, 24),
    datetime.date(2027, 1, 1),
    datetime.date(2027, 8, 15),
    datetime.date(2028, 2, 29),
    datetime.date(2027, 10, 31),
]


@pytest.mark.parametrize("today", JOURS, ids=str)
def test_it_may_be_seeded_on_any_day(today: datetime.date) -> None:
    semis = agenda.Semis(today)
    semis.semer()
    semer_inscrits(semis, [])
    rows = sources.agenda("fr")["evenements"]
    assert Evenement.objects.count() == len(rows)
    for identifiant, data in rows.items():
        facts, dates = semis.evenements[identifiant], list(semis.evenements[identifiant].seances.all())
        facts.full_clean()
        if "recurrence" in data["faits"]:
            assert [seance for seance in dates if seance.jour < today], identifiant
            assert len([seance for seance in dates if seance.jour > today]) >= 3, identifiant
        else:
            (seance,) = dates
            past = data["faits"]["dans_jours"] < 0 and not data["faits"].get("jour_libre")
            assert (seance.jour_fin < today) == past, identifiant
        assert all(len(_open(seance, facts)) == 1 for seance in dates if not seance.journee_entiere), identifiant
        for seance in dates:
            assert _seats(facts, seance) <= (facts.capacite or 1000), seance


def _open(seance: Seance, facts: Evenement) -> list[HoraireLieu | None]:
    """The slots of the place during which a date takes place; one without a place is always well."""
    if facts.lieu is None:
        return [None]
    assert not facts.lieu.fermetures.filter(du__lte=seance.jour_fin, au__gte=seance.jour).exists(), seance
    slots = facts.lieu.horaires.filter(jour=seance.jour.weekday(), debut__lte=facts.heure_debut)
    midnight = facts.heure_fin == datetime.time.min
    return [slot for slot in slots if slot.fin >= (datetime.time(23, 59) if midnight else facts.heure_fin)]


def _seats(facts: Evenement, seance: Seance) -> int:
    """Seats taken or kept: no more than there are."""
    quotas = dict(QuotaParticipants.objects.filter(evenement=facts).values_list("genre", "places"))
    taken = Counter(seance.inscriptions.filter(etat="confirmee").values_list("genre", flat=True))
    return sum(max(taken[genre], quotas.get(genre, 0)) for genre in {*taken, *quotas})
