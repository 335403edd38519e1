"""Server and clock of production, killed while people register and are reminded: none lost, none told twice."""

import datetime
import http.client
import os
import random
import re
import signal
import threading
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.core import signing
from django.db import connection
from django.utils import timezone
from wagtail.models import Site

from evenements.jetons import CONFIRMER
from evenements.models import Inscription, Seance
from socle.models import CourrielASortir
from tests.evenements.exercices import dure
from tests.evenements.formulaires import DEMANDE, date, formulaire
from tests.exploitation.conftest import SECRETS, own_site
from tests.exploitation.test_processes import eventually
from tests.surete.test_kills import children, more, running, web

__all__ = ["own_site"]
KILLS, CLOCKS = dure(1, 15), dure(1, 5)
CAPACITE = 10
NUMBER = re.compile(r"^Message-ID: (<\S+>)$", re.MULTILINE)
pytestmark = [
    pytest.mark.slow,
    pytest.mark.drill,
    pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="the children of a process are read in /proc"),
]


def post(port: int, path: str, data: dict[str, object], sender: str) -> str | None:
    """Send a form as a browser would; return where the answer leads, or None when there is none."""
    headers = {
        "Host": "exemple.test",
        "Content-Type": "application/x-www-form-urlencoded",
        "X-Forwarded-For": sender,
    }
    browser = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        browser.request("POST", path, urlencode(data, doseq=True), headers)
        return browser.getresponse().headers.get("Location", "")
    except (OSError, http.client.HTTPException):
        return None
    finally:
        browser.close()


class Visiteurs:
    """People who register one after the other, open the link of their mail, and remember what they were answered."""

    def __init__(self, port: int, seance: Seance) -> None:
        self.port, self.form = port, formulaire(seance)
        self.asked: list[str] = []
        self.confirmed: list[str] = []
        self.unanswered = 0
        self.stop = threading.Event()

    def come(self, person: int) -> None:
        rank = 0
        try:
            while not self.stop.is_set():
                rank += 1
                self.register(f"v{person}-{rank}@exemple.test", f"10.{person}.{rank // 250}.{rank % 250}")
        finally:
            connection.close()

    def register(self, courriel: str, sender: str) -> None:
        answer = post(self.port, self.form, {**DEMANDE, "courriel": courriel}, sender)
        if answer != f"{self.form}merci/":
            self.lost(answer)
            return
        self.asked.append(courriel)
        found = Inscription.objects.get(courriel=courriel)
        # What the server of this drill signs.
        link = signing.dumps(found.pk, key=SECRETS["SECRET_KEY"], salt=CONFIRMER)
        path = f"/fr/agenda/inscription/confirmer/{link}/"
        answer = post(self.port, path, {}, sender)
        if answer == path:
            self.confirmed.append(courriel)
        else:
            self.lost(answer)

    def lost(self, answer: str | None) -> None:
        assert answer is None, f"an answer that leads to {answer!r}"
        self.unanswered += 1
        time.sleep(0.05)


def test_the_server_is_killed_while_people_register(own_site: str, tmp_path: Path) -> None:
    seance = date(dans=3, capacite=CAPACITE, rappels_jours=[5])
    Site.objects.update(hostname="exemple.test")
    chance = random.Random(3)
    port = 20000 + os.getpid() % 20000
    visitors = Visiteurs(port, seance)
    threads = [threading.Thread(target=visitors.come, args=(person,)) for person in range(3)]
    with web(port, own_site, tmp_path) as server:
        for thread in threads:
            thread.start()
        try:
            for _time in range(KILLS):
                assert eventually(more(visitors.confirmed), 60)
                time.sleep(chance.random() / 5)
                with suppress(ProcessLookupError):
                    os.kill(chance.choice(children(server.pid)), signal.SIGKILL)
            assert eventually(more(visitors.confirmed), 60)
            assert eventually(lambda: len(visitors.confirmed) >= CAPACITE, 120), "the seats are not taken yet"
        finally:
            # The last time, all at once, while people are there.
            os.killpg(server.pid, signal.SIGKILL)
            visitors.stop.set()
            for thread in threads:
                thread.join()
    assert visitors.unanswered > 0, "no process was killed while it was needed"

    states = dict(Inscription.objects.values_list("courriel", "etat"))
    assert sorted(set(visitors.asked) - set(states)) == []
    assert {states[courriel] for courriel in visitors.confirmed} <= {"confirmee", "en_attente"}
    counted = Counter(states.values())
    assert counted["confirmee"] == CAPACITE
    keys = [key.split(":")[2] for key in CourrielASortir.objects.values_list("cle", flat=True)]
    told = Counter(adresse=len(states), inscrite=CAPACITE, attente=counted["en_attente"])
    assert Counter(keys) == told

    # They registered long ago, as far as reminders know.
    Inscription.objects.filter(etat="confirmee").update(confirmee_le=timezone.now() - datetime.timedelta(days=10))
    waiting = CourrielASortir.objects.filter(envoye_le=None)
    for _time in range(CLOCKS):
        left = waiting.count()
        with running(["manage.py", "run_due"], own_site, tmp_path) as clock:
            assert eventually(lambda left=left: 0 < waiting.count() < left or not waiting.exists(), 90)
            time.sleep(chance.random() / 5)
            clock.kill()
    with running(["manage.py", "run_due"], own_site, tmp_path) as clock:
        assert clock.wait(timeout=120) == 0
    assert not waiting.exists()
    keys = list(CourrielASortir.objects.values_list("cle", flat=True))
    assert Counter(key.split(":")[2] for key in keys)["rappel"] == CAPACITE
    received = Counter(number for path in tmp_path.iterdir() for number in NUMBER.findall(path.read_text()))
    # One number for each mail; those that were leaving when their process was killed came again under theirs.
    assert len(received) == len(keys)
    assert received.total() <= len(keys) + CLOCKS
