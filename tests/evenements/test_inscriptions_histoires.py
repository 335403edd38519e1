"""Any story of registrations, on the real database: seats, quotas, order, people and mails hold whatever happens."""

import datetime
from collections import Counter
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from evenements.erreurs import ImpossibleError
from evenements.models import Inscription, QuotaParticipants, Seance
from evenements.operations import inscriptions as operations
from evenements.operations.inscriptions_avis import Avis, prevenir_les_inscrits
from evenements.queries.places import Places, places
from evenements.transitions import TRANSITIONS
from socle.models import CourrielASortir
from tests.evenements.exercices import dure
from tests.evenements.inscriptions import date, equipe

KINDS = ("usager", "aidant", "pro_sante")
kinds = st.sampled_from(KINDS)
CHANGES = {(source, target) for source, _gesture, target in TRANSITIONS}


class Histoire(RuleBasedStateMachine):
    """What may happen to a date, step by step, under a clock of its own."""

    def __init__(self) -> None:
        super().__init__()
        # Each story is forgotten at its end.
        self.around = transaction.atomic()
        self.around.__enter__()
        cache.clear()
        self.now = timezone.now()
        self.rang = 0
        self.states: dict[int, str] = {}
        self.forced = 0

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.around.__exit__(None, None, None)

    @initialize(
        capacity=st.integers(1, 6),
        quotas=st.dictionaries(kinds, st.integers(1, 2), max_size=2),
        released=st.sampled_from([None, 3]),
        liste=st.booleans(),
    )
    def announce(self, capacity: int, quotas: dict[str, int], released: int | None, liste: bool) -> None:
        self.team = equipe()
        self.date = date(dans=8, capacite=capacity, quotas=quotas, quotas_relaches_jours=released, liste_attente=liste)

    # --- What people do ---

    @rule(kind=kinds, confirms=st.booleans())
    def ask(self, kind: str, confirms: bool) -> None:
        self.rang += 1
        person = {"nom": "X", "courriel": f"x{self.rang}@exemple.test", "genre": kind, "langue": "fr"}
        found = self.attempt(lambda: operations.demander(self.date, **person, maintenant=self.now))
        if found is not None and confirms:
            self.attempt(lambda: operations.confirmer(found.pk, self.now))

    @precondition(lambda self: self.states)
    @rule(data=st.data(), gesture=st.sampled_from(["confirmer", "annuler", "accepter_offre", "refuser_offre"]))
    def somebody(self, data: Any, gesture: str) -> None:
        pk = data.draw(st.sampled_from(sorted(self.states)))
        self.attempt(lambda: getattr(operations, gesture)(pk, maintenant=self.now))

    @precondition(lambda self: "offre" in self.states.values())
    @rule(data=st.data(), accepts=st.booleans())
    def answer(self, data: Any, accepts: bool) -> None:
        pk = data.draw(st.sampled_from(sorted(pk for pk, etat in self.states.items() if etat == "offre")))
        gesture = operations.accepter_offre if accepts else operations.refuser_offre
        self.attempt(lambda: gesture(pk, self.now))

    # --- What the team does ---

    @rule(kind=kinds)
    def register_beyond(self, kind: str) -> None:
        details = {"nom": "Y", "genre": kind, "par": self.team, "au_dela": True, "maintenant": self.now}
        if self.attempt(lambda: operations.inscrire_par_equipe(self.date, **details)) is not None:
            self.forced += 1

    @rule(capacity=st.one_of(st.none(), st.integers(1, 8)))
    def change_seats(self, capacity: int | None) -> None:
        Seance.objects.filter(pk=self.date.pk).update(capacite=capacity)
        self.tell(Avis.PLACES)

    @rule(kind=kinds, number=st.integers(0, 2))
    def change_quota(self, kind: str, number: int) -> None:
        quotas = QuotaParticipants.objects.filter(evenement=self.date.evenement, genre=kind)
        quotas.delete()
        if number:
            QuotaParticipants.objects.create(evenement=self.date.evenement, genre=kind, places=number)
        self.tell(Avis.PLACES)

    @rule()
    def cancel_and_restore(self) -> None:
        for statut, avis in (("annulee", Avis.ANNULEE), ("prevue", Avis.RETABLIE)):
            self.date.refresh_from_db()
            sequence = self.date.sequence + 1
            Seance.objects.filter(pk=self.date.pk).update(statut=statut, sequence=sequence)
            self.tell(avis)
            self.check_changes()

    # --- What time does ---

    @rule(hours=st.sampled_from([1, 12, 30, 60]))
    def wait(self, hours: int) -> None:
        self.now += datetime.timedelta(hours=hours)
        operations.expirer_non_confirmees(self.now)
        operations.laisser_passer(self.now)
        operations.proposer_ce_qui_est_libre(self.now)
        operations.rappeler(self.now)

    # --- How ---

    def tell(self, avis: Avis) -> None:
        prevenir_les_inscrits(self.date, avis, maintenant=self.now)

    def attempt(self, gesture: Any) -> Inscription | None:
        try:
            found: Inscription = gesture()
        except ImpossibleError:
            return None
        return found

    # --- What always holds ---

    @invariant()
    def check_changes(self) -> None:
        """Nobody is lost, and states change as the table says."""
        now = dict(Inscription.objects.values_list("pk", "etat"))
        assert set(self.states) <= set(now), "somebody is lost"
        for pk, before in self.states.items():
            steps = reachable(before)
            assert now[pk] in steps, f"{before} became {now[pk]}"
        self.states = now

    @invariant()
    def check_seats(self) -> None:
        if not hasattr(self, "date"):
            return
        self.date.refresh_from_db()
        seats = places(self.date, self.now)
        before: Places | None = getattr(self, "seats", None)
        self.seats = seats
        if seats.capacite is not None:
            # Only the team, and a capacity that was lowered, put more people than there are seats.
            allowed = max(seats.capacite, before.prises if before else 0) + self.forced
            assert seats.prises <= allowed, "more people than seats"
            same = before and (before.capacite, before.quotas) == (seats.capacite, seats.quotas)
            if before and same and not self.forced and held(before) <= seats.capacite:
                assert held(seats) <= seats.capacite, "somebody took a seat that is reserved for others"
        self.forced = 0
        if self.now >= self.date.debut:
            return
        for one in Inscription.objects.en_attente():
            assert not seats.accepte(one.genre), "a seat is free and somebody waits for it"

    @invariant()
    def check_order(self) -> None:
        """Among people of one kind, nobody is offered a seat before somebody who has waited longer."""
        if not hasattr(self, "date") or self.now >= self.date.debut:
            return
        for kind in KINDS:
            rows = Inscription.objects.filter(genre=kind).order_by("attend_depuis", "pk")
            offered = list(rows.filter(etat="offre").values_list("attend_depuis", flat=True))
            waiting = list(rows.filter(etat="en_attente").values_list("attend_depuis", flat=True))
            assert not offered or not waiting or max(offered) < min(waiting)
        terms = Inscription.objects.filter(etat="offre").values_list("offre_expire_le", flat=True)
        assert all(self.now < term <= self.date.debut for term in terms)
        ranks = Inscription.objects.exclude(attend_depuis=None).values_list("attend_depuis", flat=True)
        assert len(set(ranks)) == len(ranks)

    @invariant()
    def check_mails(self) -> None:
        """Everybody is told where they stand, once."""
        told = Counter(
            (int(pk), what)
            for _inscription, pk, what, *_rest in (
                key.split(":") for key in CourrielASortir.objects.values_list("cle", flat=True)
            )
        )
        for one in Inscription.objects.exclude(courriel=""):
            key = {"confirmee": "inscrite", "expiree": "passee", "a_confirmer": "adresse"}.get(one.etat)
            if key == "passee" and self.now >= self.date.debut:
                continue
            assert key is None or told[one.pk, key] == 1, f"{one.etat}: {told}"
            if one.etat == "offre":
                assert CourrielASortir.objects.filter(
                    cle=f"inscription:{one.pk}:offre:{int(one.offre_expire_le.timestamp())}"
                ).exists()


def held(seats: Places) -> int:
    """Seats that are taken or reserved."""
    return sum(max(seats.par_genre.get(kind, 0), seats.quotas.get(kind, 0)) for kind in KINDS)


def reachable(etat: str) -> set[str]:
    """The states to which one rule may lead: a few steps, since it may run several gestures."""
    found = {etat}
    for _step in range(4):
        found |= {str(target) for source, target in CHANGES if source in found}
    return found


@pytest.mark.drill
@pytest.mark.django_db
def test_any_story() -> None:
    run_state_machine_as_test(
        Histoire,
        settings=settings(
            max_examples=dure(6, 150),
            stateful_step_count=dure(15, 40),
            deadline=None,
            suppress_health_check=list(HealthCheck),
            derandomize=dure(1, 0) == 1,
            database=None,
        ),
    )
