"""The slots of one place saved by several people at once, on connections of their own."""

import os
from collections.abc import Iterator
from threading import Thread

import pytest
from django.db import connection
from pytest_django.plugin import DjangoDbBlocker

from redaction import roles
from tests.factories.evenements import LieuFactory
from tests.harness import database
from tests.harness.html import StrictClient
from tests.socle.test_lieux_admin import connecte, creneau, edition, formulaire


@pytest.fixture
def own_database(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """A database that every connection sees."""
    with django_db_blocker.unblock(), database.private_copy(database.ensure_model, f"test_lieux_{os.getpid()}"):
        yield


def test_several_who_save_at_once_never_break(own_database: None) -> None:
    lieu = LieuFactory()
    clients = [connecte(roles.ADMINISTRATION.nom) for _ in range(4)]
    statuses: list[int] = []

    def save(client: StrictClient, hour: int) -> None:
        try:
            data = formulaire([creneau(0, f"{hour:02}:00", f"{hour + 4:02}:00")])
            statuses.append(client.post(edition(lieu), data).status_code)
        finally:
            connection.close()

    threads = [Thread(target=save, args=(client, 8 + rank)) for rank, client in enumerate(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert statuses == [302] * 4
    assert lieu.horaires.count() == 1
