"""The documentation of registrations says what the code does."""

from pathlib import Path

from django.conf import settings

from evenements.documentation import diagramme
from evenements.models import EtatInscription
from evenements.transitions import TRANSITIONS, Geste
from socle.scheduling import jobs


def texte() -> str:
    return Path(settings.BASE_DIR, "docs", "inscriptions.md").read_text(encoding="utf-8")


def test_the_states_are_drawn_from_the_table() -> None:
    assert diagramme() in texte(), f"docs/inscriptions.md should hold:\n{diagramme()}"


def test_every_state_and_every_gesture_is_of_some_use() -> None:
    assert {gesture for _source, gesture, _target in TRANSITIONS} == set(Geste)
    assert {target for _source, _gesture, target in TRANSITIONS} | {EtatInscription.A_CONFIRMER} == set(EtatInscription)


def test_every_job_is_named() -> None:
    assert [job.name for job in jobs() if job.name.startswith("inscriptions_") and job.name not in texte()] == []
