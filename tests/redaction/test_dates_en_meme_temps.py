"""Publications, confirmations and mails at the same instant, on connections of their own."""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from pytest_django.plugin import DjangoDbBlocker
from wagtail.models import Revision

from fiches.models import FichePage
from redaction import roles
from redaction.models import Genre, Notification
from redaction.operations.fraicheur import toujours_valable
from redaction.operations.roles import synchroniser_roles
from redaction.tasks.notifications import envoyer
from socle.dates import today
from tests.factories import FichePageFactory, UtilisateurFactory
from tests.harness import database
from tests.redaction.test_fraicheur import due
from tests.redaction.test_publication import personne
from tests.socle.test_publication import dates


def together(*actions: Callable[[], Any]) -> list[Any]:
    start = Barrier(len(actions))

    def run(action: Callable[[], Any]) -> Any:
        try:
            start.wait(timeout=10)
            return action()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(actions)) as pool:
        return list(pool.map(run, actions))


@pytest.fixture
def page(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[FichePage]:
    """Return a page that is due, in a database that every connection sees."""
    with django_db_blocker.unblock(), database.private_copy(database.ensure_model, f"test_dates_{os.getpid()}"):
        synchroniser_roles()
        yield due(FichePageFactory(publiee=True))


def test_a_publication_and_a_confirmation(page: FichePage) -> None:
    confirm = partial(toujours_valable, [page.pk], UtilisateurFactory(superutilisateur=True), "Relu")
    for number in range(5):
        draft = due(page)
        draft.title = f"Titre {number}"
        revision = draft.save_revision()
        together(Revision.objects.get(pk=revision.pk).publish, confirm)
        assert FichePage.objects.get(pk=page.pk).title == f"Titre {number}"
        assert dates(page)[:2] == (today(), today())
        assert dates(page)[2] > today()


def test_two_workers_send_one_mail(page: FichePage) -> None:
    user = personne(roles.REDACTION)
    Notification.objects.create(user=user, page=page, genre=Genre.A_REVOIR, cle="x")
    mail.outbox = []
    assert sorted(together(lambda: envoyer(user.pk), lambda: envoyer(user.pk))) == [0, 1]
    assert len(mail.outbox) == 1
