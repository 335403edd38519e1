"""Crowds: real processes that register, leave, accept and add seats at the same instant."""

import datetime
import random
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.db.models import F
from django.utils import timezone
from pytest_django.plugin import DjangoDbBlocker

from evenements.erreurs import ImpossibleError
from evenements.models import Inscription, Participant, QuotaParticipants, Seance
from evenements.operations import inscriptions as operations
from evenements.operations.inscriptions_avis import Avis, prevenir_les_inscrits
from evenements.queries.places import places
from socle.models import CourrielASortir
from tests.evenements.exercices import dure, ensemble
from tests.evenements.inscriptions import date
from tests.exploitation.conftest import own_database
from tests.exploitation.test_processes import DEFERRED
from tests.harness import database

PROCESSES = 8
ATTEMPTS = dure(64, 2000)
QUOTAS = {"usager": 4, "aidant": 2}
pytestmark = [pytest.mark.slow, pytest.mark.drill]


@pytest.fixture
def foule(django_db_setup: None, django_db_blocker: DjangoDbBlocker, settings: Any) -> Iterator[None]:
    """A database that every process sees, where mails wait for a worker as in production."""
    settings.TASKS = DEFERRED
    with django_db_blocker.unblock(), own_database("foule") as name, database.connected_to(name):
        yield


@dataclass(frozen=True)
class Essai:
    """What one person got, and between which instants of the machine."""

    pk: int
    genre: str
    etat: str
    avant: float
    apres: float


def s_inscrire(seance: Seance, qui: str, genre: str) -> Essai:
    found = operations.demander(seance, nom=qui, courriel=f"{qui}@exemple.test", genre=genre, langue="fr")
    before = time.monotonic()
    confirmed = operations.confirmer(found.pk)
    return Essai(found.pk, genre, confirmed.etat, before, time.monotonic())


def se_presser(processus: int, seance_id: int, nombre: int) -> list[Essai]:
    """People who register one after the other, as fast as they can."""
    chance, seance = random.Random(processus), Seance.objects.get(pk=seance_id)
    return [s_inscrire(seance, f"p{processus}-{rang}", chance.choice(Participant.values)) for rang in range(nombre)]


def en_ordre(essais: list[Essai], rangs: dict[int, Any]) -> bool:
    """Whether nobody who had finished before another began stands behind them."""
    latest = float("-inf")
    for essai in sorted(essais, key=lambda one: rangs[one.pk]):
        if essai.apres < latest:
            return False
        latest = max(latest, essai.avant)
    return True


def test_the_last_seats(foule: None) -> None:
    seance = date(capacite=10, quotas=QUOTAS, quotas_relaches_jours=None)
    each = ATTEMPTS // PROCESSES
    essais = [one for found in ensemble(se_presser, [(n, seance.pk, each) for n in range(PROCESSES)]) for one in found]

    assert len({one.pk for one in essais}) == Inscription.objects.count() == ATTEMPTS
    states = dict(Inscription.objects.values_list("pk", "etat"))
    assert states == {one.pk: one.etat for one in essais}
    assert Counter(states.values()) == {"confirmee": 10, "en_attente": ATTEMPTS - 10}
    seats = places(seance)
    assert all(seats.par_genre.get(kind, 0) >= number for kind, number in QUOTAS.items())
    others = sum(number for kind, number in seats.par_genre.items() if kind not in QUOTAS)
    assert others <= 10 - sum(QUOTAS.values())

    # The list is in the order in which people came, and so are the seats of each kind.
    waiting = [one for one in essais if one.etat == "en_attente"]
    ranks = dict(Inscription.objects.en_attente().values_list("pk", "attend_depuis"))
    assert len(set(ranks.values())) == len(waiting)
    assert en_ordre(waiting, ranks)
    for one in essais:
        if one.etat == "confirmee":
            passed = [other for other in waiting if other.genre == one.genre and other.apres < one.avant]
            assert passed == [], "somebody who came later has the seat"
    # Everybody was written to once about it, and once about their address.
    told = Counter(key.split(":")[2] for key in CourrielASortir.objects.values_list("cle", flat=True))
    assert told == {"adresse": ATTEMPTS, "inscrite": 10, "attente": ATTEMPTS - 10}


def se_meler(processus: int, seance_id: int, nombre: int) -> tuple[list[int], Counter[str]]:
    """People who register, leave, accept and refuse, while seats are added and the clock runs; count what was done."""
    chance, seance = random.Random(100 + processus), Seance.objects.get(pk=seance_id)
    mine: list[int] = []
    done: Counter[str] = Counter()
    for rang in range(nombre):
        what = chance.choices(["register", "leave", "answer", "seat", "clock"], [50, 25, 18, 2, 5])[0]
        try:
            if what == "register" or not mine:
                mine.append(s_inscrire(seance, f"m{processus}-{rang}", chance.choice(Participant.values)).pk)
            elif what == "leave":
                operations.annuler(chance.choice(mine))
            elif what == "answer":
                offered = Inscription.objects.filter(etat="offre").order_by("?").values_list("pk", flat=True).first()
                if offered is not None:
                    answer = operations.accepter_offre if chance.random() < 0.7 else operations.refuser_offre
                    answer(offered)
            elif what == "seat":
                Seance.objects.filter(pk=seance_id).update(capacite=F("capacite") + 1)
                prevenir_les_inscrits(seance, Avis.PLACES)
            else:
                # Half of the time, a day later: offers lapse.
                later = datetime.timedelta(hours=25 if chance.random() < 0.5 else 0)
                operations.laisser_passer(timezone.now() + later)
                operations.proposer_ce_qui_est_libre()
            done[what] += 1
        except ImpossibleError:
            done["refused"] += 1
    return mine, done


def test_seats_that_come_and_go(foule: None) -> None:
    seance = date(capacite=10, quotas=QUOTAS, quotas_relaches_jours=None)
    each = ATTEMPTS // PROCESSES
    results = ensemble(se_meler, [(n, seance.pk, each) for n in range(PROCESSES)])
    people = [pk for mine, _done in results for pk in mine]
    done = sum((counted for _mine, counted in results), Counter())
    assert sum(done.values()) == each * PROCESSES
    assert min(done[what] for what in ("register", "leave", "answer", "clock")) > 0

    assert len(set(people)) == len(people) == Inscription.objects.count()
    seance.refresh_from_db()
    seats = places(seance)
    assert seance.capacite is not None
    assert seance.capacite >= 10
    assert seats.prises <= seance.capacite
    kept = {*QUOTAS, *seats.par_genre}
    assert sum(max(seats.par_genre.get(kind, 0), QUOTAS.get(kind, 0)) for kind in kept) <= seance.capacite
    # Nobody waits for a seat that is free, and no seat was given twice to one person.
    assert operations.proposer_ce_qui_est_libre() == 0
    assert not [one for one in Inscription.objects.en_attente() if seats.accepte(one.genre)]
    for kind in Participant.values:
        rows = Inscription.objects.filter(genre=kind)
        offered = max(rows.filter(etat="offre").values_list("attend_depuis", flat=True), default=None)
        waiting = min(rows.filter(etat="en_attente").values_list("attend_depuis", flat=True), default=None)
        assert offered is None or waiting is None or offered < waiting
    assert QuotaParticipants.objects.count() == len(QUOTAS)
    # What each was told last is where they stand.
    last = {
        "confirmee": "inscrite",
        "en_attente": "attente",
        "offre": "offre",
        "annulee": "annulee",
        "expiree": "passee",
    }
    told: dict[int, str] = {}
    for key in CourrielASortir.objects.order_by("pk").values_list("cle", flat=True):
        _inscription, pk, what, *_rest = key.split(":")
        told[int(pk)] = what
    assert {pk: last.get(etat, etat) for pk, etat in Inscription.objects.values_list("pk", "etat")} == told
