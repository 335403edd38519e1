"""Approvals at the same instant, on connections of their own."""

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from pytest_django.plugin import DjangoDbBlocker
from wagtail.models import TaskState

from redaction import roles
from redaction.models import Approbation, RelectureEnBinome, Validation
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
