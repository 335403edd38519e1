"""The dates of one series made by several processes at once, on connections of their own."""

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from pytest_django.plugin import DjangoDbBlocker

from evenements.operations.seances import annuler_seance, materialiser
from tests.evenements.dates import lundi, relu
from tests.factories import EvenementFactory
from tests.harness import database


@pytest.fixture
def own_database(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """A database that every connection sees."""
    with django_db_blocker.unblock(), database.private_copy(database.ensure_model, f"test_seances_{os.getpid()}"):
        yield


def test_two_at_once_make_no_date_twice(own_database: None) -> None:
    evenement = EvenementFactory(seance=False, jour=lundi(), recurrence="FREQ=WEEKLY;BYDAY=MO,TU;COUNT=30")
    start = Barrier(4)

    def make(rank: int) -> int:
        try:
            start.wait(timeout=10)
            made = materialiser(evenement)
            annuler_seance(evenement.seances.earliest("debut").pk, f"Motif {rank}")
            return made
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(make, range(4))) == [0, 0, 0, 30]
    assert evenement.seances.count() == 30
    assert evenement.seances.earliest("debut").sequence == 1
    assert relu(evenement).sequence == 0
