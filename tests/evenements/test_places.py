"""Seats: who may take one, what remains, whether one may register."""

import datetime
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from evenements.models import Seance
from evenements.queries.places import Places, etat_inscriptions, places, places_de
from tests.evenements.inscriptions import date, jours
from tests.factories import InscriptionFactory

KINDS = ("usager", "aidant", "pro_sante")
counts = st.dictionaries(st.sampled_from(KINDS), st.integers(1, 6))


class TestTheRule:
    def test_without_a_limit_everybody_comes(self) -> None:
        seats = Places(None, {"usager": 1000}, {"aidant": 3})
        assert (seats.restantes, seats.libres, seats.libres_pour("autre")) == (None, None, None)
        assert seats.accepte("autre")

    def test_reserved_seats_are_those_of_their_kind(self) -> None:
        seats = Places(10, {"pro_sante": 6, "usager": 1}, {"usager": 4})
        assert (seats.restantes, seats.libres) == (3, 0)
        assert not seats.accepte("pro_sante")
        assert seats.libres_pour("usager") == 3

    def test_a_kind_goes_beyond_what_is_reserved_for_it(self) -> None:
        seats = Places(10, {"usager": 4}, {"usager": 4})
        assert seats.libres_pour("usager") == 6

    def test_a_capacity_that_was_lowered_takes_nothing_and_gives_nothing(self) -> None:
        assert Places(2, {"usager": 5}).restantes == 0
        assert not Places(2, {"pro_sante": 2}, {"usager": 1}).accepte("usager")
        # Not full: what is reserved is still theirs.
        assert Places(3, {"pro_sante": 2}, {"usager": 2}).accepte("usager")

    @given(st.integers(1, 12), counts, st.lists(st.sampled_from(KINDS), max_size=30))
    def test_however_people_come_the_sum_holds(self, capacity: int, quotas: dict[str, int], people: list[str]) -> None:
        if sum(quotas.values()) > capacity:
            return
        seats = Places(capacity, {}, quotas)
        refused = set()
        for kind in people:
            assert seats.accepte(kind) == (seats.libres_pour(kind) != 0)
            if seats.accepte(kind):
                assert kind not in refused, "somebody who came later got what another did not"
                seats = seats.avec(kind)
            else:
                refused.add(kind)
            assert sum(max(seats.par_genre.get(k, 0), quotas.get(k, 0)) for k in KINDS) <= capacity
        assert all(people.count(k) >= n for k, n in seats.par_genre.items())
        assert all(seats.par_genre.get(k, 0) >= min(n, people.count(k)) for k, n in quotas.items())


@pytest.mark.django_db
class TestCounting:
    def test_offers_hold_seats_and_the_others_do_not(self) -> None:
        seance = date(capacite=5, quotas={"aidant": 1})
        for etat in ("confirmee", "offre", "en_attente", "a_confirmer", "annulee", "expiree"):
            InscriptionFactory(seance=seance, etat=etat)
        found = places(seance)
        assert (found.prises, found.restantes, found.libres, found.en_attente) == (2, 3, 2, 1)
        assert found.par_genre == {"usager": 2}

    def test_reserved_seats_are_given_back_before_the_start(self) -> None:
        seance = date(capacite=5, quotas={"aidant": 2}, quotas_relaches_jours=3)
        assert places(seance).libres == 3
        assert places(seance, seance.debut - datetime.timedelta(days=3)).libres == 5
        kept = date(capacite=5, quotas={"aidant": 2}, quotas_relaches_jours=None)
        assert places(kept, kept.debut).libres == 3

    def test_many_dates_cost_as_much_as_one(self, django_assert_num_queries: Any) -> None:
        for _rank in range(5):
            InscriptionFactory(seance=date(capacite=3, quotas={"usager": 2}))
        dates = list(Seance.objects.all())
        with django_assert_num_queries(1):
            found = places_de(dates)
        assert [seats.restantes for seats in found.values()] == [2] * 5


@pytest.mark.django_db
class TestWhetherOneMayRegister:
    @pytest.mark.parametrize(
        ("expected", "facts"),
        [
            ("ouvertes", {}),
            ("ouvertes", {"capacite": 2}),
            ("attente", {"capacite": 1}),
            ("completes", {"capacite": 1, "liste_attente": False}),
            ("libre", {"inscription": "aucune"}),
            ("externe", {"inscription": "externe", "inscription_url": "https://exemple.org/"}),
            ("closes", {"inscriptions_fermees": True}),
            ("closes", {"cloture_heures": 24 * 30}),
            ("pas_encore", {"inscriptions_ouvrent_le": jours(1)}),
            ("ouvertes", {"inscriptions_ouvrent_le": jours(-1)}),
            ("annulee", {"statut": "annule"}),
            ("reportee", {"statut": "reporte"}),
            ("passees", {"dans": -2}),
            ("passees", {"dans": -2, "inscription": "aucune"}),
        ],
    )
    def test_in_each_case(self, expected: str, facts: dict[str, Any]) -> None:
        seance = date(**facts)
        InscriptionFactory(seance=seance)
        assert etat_inscriptions(seance) == expected

    def test_a_cancelled_date_and_one_that_has_begun(self) -> None:
        seance = date()
        assert etat_inscriptions(seance, seance.debut) == "passees"
        seance.statut = "annulee"
        assert etat_inscriptions(seance) == "annulee"

    def test_what_is_reserved_leaves_them_open(self) -> None:
        seance = date(capacite=2, quotas={"aidant": 1})
        InscriptionFactory(seance=seance)
        assert etat_inscriptions(seance) == "ouvertes"
        assert not places(seance, timezone.now()).accepte("usager")
