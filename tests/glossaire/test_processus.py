"""What one process changes in the glossary shows in the others a second later, with no restart."""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings

from socle import generation
from tests.exploitation.conftest import own_site, production
from tests.factories import FichePageFactory, InformationPageFactory, TermePageFactory, accueil, publier

__all__ = ["own_site"]
LECTEUR = Path(__file__).with_name("lecteur.py")
# Each process may remember for one second that nothing has changed. However slow the machine, it knows then.
ATTENTE = generation.MEMORY + 0.1


class Lecteur:
    """Another process that reads the site."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self.process = process

    def voir(self, fiche: str, q: str, langue: str = "fr") -> dict[str, Any]:
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps({"fiche": fiche, "q": q, "langue": langue}) + "\n")
        self.process.stdin.flush()
        # Records of the process come between its answers.
        while "mots" not in (found := json.loads(self.process.stdout.readline())):
            pass
        return dict(found)


@contextmanager
def lecteur(name: str) -> Iterator[Lecteur]:
    process = subprocess.Popen(
        [sys.executable, str(LECTEUR)],
        cwd=settings.BASE_DIR,
        env=production(name),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        yield Lecteur(process)
    finally:
        process.kill()
        process.wait()


def test_every_change_shows_in_every_process(own_site: str) -> None:
    atelier = "Un atelier d’éducation thérapeutique du patient"
    FichePageFactory(title=atelier, publiee=True)
    fiche = FichePageFactory(title="En groupe", objectifs="<p>L’ETP en groupe.</p>", publiee=True)
    autre = FichePageFactory(title="Autre", objectifs="<p>L’apprentissage.</p>", publiee=True)
    english = InformationPageFactory(title="Group sessions", parent=accueil("en"), publiee=True)
    TermePageFactory(title="Tutelle", publiee=True)
    TermePageFactory(langue="en", title="Guardianship", publiee=True)
    with lecteur(own_site) as one, lecteur(own_site) as other:

        def shows(
            expected: Callable[[dict[str, Any]], bool], page: Any = fiche, q: str = "etp", langue: str = "fr"
        ) -> None:
            """Let both processes look once, a second after the change."""
            for process in (one, other):
                seen = process.voir(page.url, q, langue)
                assert expected(seen), {**seen, "liste": len(seen["liste"])}

        # Both have read everything once: what they remember must be forgotten.
        shows(lambda seen: seen["mots"] == [] and seen["carte"] == [] and atelier not in seen["trouve"])
        terme = TermePageFactory(title="Éducation thérapeutique du patient", slug="etp", sigle="ETP", publiee=True)
        time.sleep(ATTENTE)
        title = terme.title
        shows(lambda seen: seen["mots"] == ["ETP"] and seen["carte"] == [title])
        shows(lambda seen: atelier in seen["trouve"] and title in seen["liste"])

        terme.title, terme.sigle = "Apprentissage", "APP"
        publier(terme)
        time.sleep(ATTENTE)
        shows(lambda seen: seen["mots"] == [] and seen["carte"] == [] and title not in seen["liste"])
        shows(lambda seen: seen["mots"] == ["apprentissage"] and seen["carte"] == ["Apprentissage"], autre, "app")

        traduit = TermePageFactory(langue="en", title="Sessions", slug="app", version_de=terme, publiee=True)
        time.sleep(ATTENTE)
        shows(lambda seen: seen["carte"] == ["Sessions"] and "Sessions" in seen["liste"], english, "sessions", "en")
        traduit.unpublish()
        time.sleep(ATTENTE)
        shows(lambda seen: seen["carte"] == [] and "Sessions" not in seen["liste"], english, "sessions", "en")

        terme.unpublish()
        time.sleep(ATTENTE)
        shows(lambda seen: seen["mots"] == [] and seen["carte"] == [], autre, "app")
        shows(lambda seen: "Apprentissage" not in seen["liste"], autre, "app")
