"""Processes killed in the middle of registrations, of mails and of reminders: none is lost, none is told twice."""

import datetime
import os
import random
import signal
import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, connection
from pytest_django.plugin import DjangoDbBlocker

from evenements.models import Inscription, Seance
from evenements.operations import inscriptions as operations
from socle import sortie
from socle.models import CourrielASortir
from tests.evenements import boite
from tests.evenements.exercices import Processus, dure
from tests.evenements.inscriptions import date
from tests.exploitation.conftest import own_database
from tests.exploitation.test_processes import DEFERRED, eventually
from tests.harness import database

KILLS = dure(4, 40)
CAPACITE = dure(12, 150)
pytestmark = [pytest.mark.slow, pytest.mark.drill]


@pytest.fixture
def site(django_db_setup: None, django_db_blocker: DjangoDbBlocker, settings: Any, tmp_path: Path) -> Iterator[Path]:
    """A database that every process sees, and a slow mail server."""
    settings.TASKS = DEFERRED
    settings.EMAIL_BACKEND = "tests.evenements.boite.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path / "boite")
    Path(settings.EMAIL_FILE_PATH).mkdir()
    with django_db_blocker.unblock(), own_database("tuees") as name, database.connected_to(name):
        yield tmp_path


def inscrire_sans_fin(seance_id: int, carnet: str) -> None:
    """A server: what it has answered "accepted" to is in its book."""
    seance, chance = Seance.objects.get(pk=seance_id), random.Random()
    chance.seed(os.getpid())
    with Path(carnet).open("a", buffering=1) as book:
        while True:
            who = uuid.uuid4().hex
            details = {"nom": who, "courriel": f"{who}@exemple.test", "genre": "usager", "langue": "fr"}
            found = operations.demander(seance, **details)
            book.write(f"{found.pk} a_confirmer\n")
            if chance.random() < 0.8:
                book.write(f"{found.pk} {operations.confirmer(found.pk).etat}\n")
            if chance.random() < 0.1:
                book.write(f"{found.pk} {operations.annuler(found.pk).etat}\n")


def rappeler_sans_fin(moment: datetime.datetime) -> None:
    """The clock and a worker, which never end."""
    while True:
        operations.rappeler(moment)
        sortie.sortir_ce_qui_attend()
        time.sleep(0.01)


def tuer(ouvrir: Callable[[], Processus], progres: Callable[[], int], pas: int) -> None:
    """Keep some processes at work, kill one of them at a random moment, again and again; at the end, all at once."""
    chance = random.Random(5)
    alive = [ouvrir().start() for _rank in range(3)]
    try:
        for _time in range(KILLS):
            before = progres()
            assert eventually(lambda before=before: progres() >= before + pas, 60), "nothing goes on"
            time.sleep(chance.random() / 10)
            killed = alive.pop(chance.randrange(len(alive)))
            os.kill(killed.process.pid, signal.SIGKILL)
            alive.append(ouvrir().start())
    finally:
        for process in alive:
            os.kill(process.process.pid, signal.SIGKILL)
            process.process.join()


def lignes(dossier: Path) -> list[str]:
    return [line for path in dossier.glob("carnet-*") for line in path.read_text().split("\n")[:-1]]


def test_killed_at_any_moment(site: Path) -> None:
    seance = date(capacite=CAPACITE, quotas={"aidant": 2}, quotas_relaches_jours=None, dans=20)
    tuer(
        lambda: Processus(inscrire_sans_fin, seance.pk, str(site / f"carnet-{uuid.uuid4().hex}")),
        lambda: len(lignes(site)),
        pas=8,
    )
    # Connections of the dead may still be ending a statement; none of them commits any more.
    assert eventually(personne_d_autre, 30)

    states = dict(Inscription.objects.values_list("pk", "etat"))
    answered: dict[int, str] = {}
    for line in lignes(site):
        pk, etat = line.split()
        answered[int(pk)] = etat
    assert len(answered) > KILLS
    order = ["a_confirmer", "en_attente", "offre", "confirmee", "annulee"]
    for pk, etat in answered.items():
        assert order.index(states[pk]) >= order.index(etat), "what was answered is lost"
    assert Inscription.objects.avec_place().count() <= CAPACITE - 2
    # What happened and the mail that tells it are there together, or not at all.
    keys = set(CourrielASortir.objects.values_list("cle", flat=True))
    told = {"confirmee": "inscrite", "en_attente": "attente", "a_confirmer": "adresse:demande-0"}
    missing = [pk for pk, etat in states.items() if etat in told and f"inscription:{pk}:{told[etat]}" not in keys]
    assert missing == []
    assert boite.recus() == []

    registered = [pk for pk, etat in states.items() if etat == "confirmee"]
    assert registered
    eve = seance.debut - datetime.timedelta(hours=20)
    tuer(lambda: Processus(rappeler_sans_fin, eve), lambda: len(boite.recus()), pas=2)
    assert eventually(personne_d_autre, 30)
    operations.rappeler(eve)
    while sortie.sortir_ce_qui_attend():
        pass

    # One reminder for each, and every mail left.
    reminders = Counter(
        int(key.split(":")[1])
        for key in CourrielASortir.objects.filter(cle__contains=":rappel:").values_list("cle", flat=True)
    )
    assert reminders == Counter(registered)
    mails = CourrielASortir.objects.all()
    assert not mails.filter(envoye_le=None).exists()
    # Sent again only when killed between the server's answer and ours: under the same number, which is shown once.
    received = boite.recus()
    assert set(received) == {sortie.numero(cle) for cle in mails.values_list("cle", flat=True)}
    assert len(received) <= mails.count() + KILLS + 3


def personne_d_autre() -> bool:
    """Whether no other connection is left in this database."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
            return bool(cursor.fetchone() == (0,))
    except OperationalError:
        return False
