"""Approvals at the same instant, on connections of their own."""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from pytest_django.plugin import DjangoDbBlocker
from wagtail.models import TaskState, WorkflowState

from redaction import roles
from redaction.models import Approbation, PublicationUrgente, RelectureEnBinome, Validation
from redaction.operations.moderation import publier_en_urgence
from redaction.operations.roles import synchroniser_roles
from socle.models import Utilisateur
from tests.harness import database
from tests.redaction.test_publication import Circuit, personne


def together(circuit: Circuit, *people: Utilisateur) -> list[bool]:
    """Let people approve the step that all of them see, at once; return whose approval counted."""
    state = circuit.etat.current_task_state.pk
    start = Barrier(len(people))

    def approve(user: Utilisateur) -> bool:
        try:
            seen = TaskState.objects.get(pk=state).specific
            task = seen.task.specific
            start.wait(timeout=10)
            task.on_action(seen, user, "approve")
        except PermissionDenied:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(len(people)) as pool:
        return list(pool.map(approve, people))


@pytest.fixture
def circuit(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Circuit]:
    """Return a page in review in a database that every connection sees."""
    with django_db_blocker.unblock(), database.private_copy(database.ensure_model, f"test_ensemble_{os.getpid()}"):
        synchroniser_roles()
        yield Circuit()


def test_approvals_at_the_same_instant(circuit: Circuit) -> None:
    assert sorted(together(circuit, circuit.usager, personne(roles.REGARD_USAGER))) == [False, True]
    assert circuit.etape is RelectureEnBinome
    Approbation.objects.all().delete()
    assert together(circuit, circuit.usager, circuit.pro) == [True, True]
    assert circuit.etape is Validation
    assert sorted(together(circuit, circuit.moderation, personne(roles.MODERATION))) == [False, True]
    assert circuit.publique


def test_a_validation_and_an_urgent_publication_at_the_same_instant(circuit: Circuit) -> None:
    circuit.agir(circuit.usager)
    circuit.agir(circuit.pro)
    state, revision = circuit.etat.current_task_state.pk, circuit.page.latest_revision_id
    start = Barrier(2)

    def validate() -> bool:
        seen = TaskState.objects.get(pk=state).specific
        start.wait(timeout=10)
        seen.task.specific.on_action(seen, circuit.moderation, "approve")
        return True

    def publish() -> bool:
        start.wait(timeout=10)
        publier_en_urgence(circuit.page, circuit.moderation, "Un numéro faux", revision)
        return True

    def attempt(action: Callable[[], bool]) -> bool:
        try:
            return action()
        except (PermissionDenied, ValidationError):
            return False
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(attempt, (validate, publish)))
    assert sorted(done) == [False, True]
    assert circuit.publique
    assert PublicationUrgente.objects.count() == done[1]
    ended = WorkflowState.STATUS_CANCELLED if done[1] else WorkflowState.STATUS_APPROVED
    assert circuit.etat.status == ended
