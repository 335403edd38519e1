"""Decisions on one proposal at the same instant, on connections of their own."""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from pytest_django.plugin import DjangoDbBlocker

from fiches.models import FichePage
from redaction.models import MessageProposition, Proposition
from redaction.operations import propositions as operations
from redaction.operations.propositions import ImpossibleError
from tests.factories import UtilisateurFactory, index_fiches, proposer
from tests.harness import database


@pytest.fixture
def own_database(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """A database that every connection sees."""
    with django_db_blocker.unblock(), database.private_copy(database.ensure_model, f"test_propose_{os.getpid()}"):
        index_fiches()
        yield


def together(*gestures: Callable[[], Any]) -> list[bool]:
    """Let each gesture begin at once; return which had their effect."""
    start = Barrier(len(gestures))

    def do(gesture: Callable[[], Any]) -> bool:
        try:
            start.wait(timeout=10)
            return bool(gesture())
        except ImpossibleError:
            return False
        finally:
            connection.close()

    with ThreadPoolExecutor(len(gestures)) as pool:
        return list(pool.map(do, gestures))


def test_decisions_at_the_same_instant(own_database: None) -> None:
    one, other = (UtilisateurFactory(moderateur=True) for _ in range(2))

    found = proposer("fiche")
    accept = [partial(operations.accepter, found.pk, user, "Merci.") for user in (one, other)]
    assert sorted(together(*accept)) == [False, True]
    assert FichePage.objects.count() == found.messages.count() == 1

    found = proposer("fiche")
    accepted, refused = together(
        partial(operations.accepter, found.pk, one), partial(operations.refuser, found.pk, other, "Déjà fait.")
    )
    assert accepted != refused
    assert FichePage.objects.count() == 1 + accepted
    assert Proposition.objects.get(pk=found.pk).etat == ("acceptee" if accepted else "refusee")

    found = proposer(etat="a_confirmer")
    assert sorted(together(*[partial(operations.confirmer, found.pk)] * 3)) == [False, False, True]

    found = proposer()
    operations.demander_des_precisions(found.pk, one, "Où ?")
    question = MessageProposition.objects.get(texte="Où ?")
    assert sorted(together(*[partial(operations.completer, question.pk, "Ici")] * 3)) == [False, False, True]
    assert found.messages.filter(nature="reponse").count() == 1

    found = proposer()
    operations.demander_des_precisions(found.pk, one, "Quand ?")
    question = MessageProposition.objects.get(texte="Quand ?")
    refused, answered = together(
        partial(operations.refuser, found.pk, other, "Trop tard."), partial(operations.completer, question.pk, "Demain")
    )
    # Whichever came first, the refusal stands, and the answer is kept if it came before.
    assert refused
    assert Proposition.objects.get(pk=found.pk).etat == "refusee"
    assert found.messages.filter(nature="reponse").exists() == answered
