"""What one process changes in the glossary shows in the others within two seconds, with no restart."""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings

from tests.exploitation.conftest import own_site, production
from tests.factories import FichePageFactory, InformationPageFactory, TermePageFactory, accueil, publier

__all__ = ["own_site"]
LECTEUR = Path(__file__).with_name("lecteur.py")
# The generation is remembered for one second in each process; the rest is what a machine under load may take.
SECONDES = 2.0


class Lecteur:
    """Another process that reads the site."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self.process = process

    def voir(self, fiche: str, q: str, langue: str = "fr") -> dict[str, Any]:
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps({"fiche": fiche, "q": q, "langue": langue}) + "\n")
        self.process.stdin.flush()
        found: dict[str, Any] = json.loads(self.process.stdout.readline())
        return found


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
    fiche = FichePageFactory(title=atelier, objectifs="<p>L’ETP en groupe.</p>", publiee=True)
    autre = FichePageFactory(title="Autre", objectifs="<p>L’apprentissage.</p>", publiee=True)
    english = InformationPageFactory(title="Group sessions", parent=accueil("en"), publiee=True)
    TermePageFactory(title="Tutelle", publiee=True)
    TermePageFactory(langue="en", title="Guardianship", publiee=True)
    with lecteur(own_site) as one, lecteur(own_site) as other:

        def shows(
            expected: Callable[[dict[str, Any]], bool], page: Any = fiche, q: str = "etp", langue: str = "fr"
        ) -> None:
            """Wait until both processes see it, and say what they see when they do not."""
            start = time.monotonic()
            for process in (one, other):
                while not expected(seen := process.voir(page.url, q, langue)):
                    assert time.monotonic() - start < SECONDES, seen

        # Both have read everything once: what they remember must be forgotten.
        shows(lambda seen: seen["mots"] == [] and seen["carte"] == [] and atelier not in seen["trouve"])
        terme = TermePageFactory(title="Éducation thérapeutique du patient", slug="etp", sigle="ETP", publiee=True)
        title = terme.title
        shows(lambda seen: seen["mots"] == ["ETP"] and seen["carte"] == [title])
        shows(lambda seen: atelier in seen["trouve"] and title in seen["liste"])

        terme.title, terme.sigle = "Apprentissage", "APP"
        publier(terme)
        shows(lambda seen: seen["mots"] == [] and seen["carte"] == [] and title not in seen["liste"])
        shows(lambda seen: seen["mots"] == ["apprentissage"] and seen["carte"] == ["Apprentissage"], autre, "app")

        traduit = TermePageFactory(langue="en", title="Sessions", slug="app", version_de=terme, publiee=True)
        shows(lambda seen: seen["carte"] == ["Sessions"] and "Sessions" in seen["liste"], english, "sessions", "en")
        traduit.unpublish()
        shows(lambda seen: seen["carte"] == [] and "Sessions" not in seen["liste"], english, "sessions", "en")

        terme.unpublish()
        shows(lambda seen: seen["mots"] == [] and seen["carte"] == [], autre, "app")
        shows(lambda seen: "Apprentissage" not in seen["liste"], autre, "app")
