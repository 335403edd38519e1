"""Two people at the same instant, on connections of their own: one version, one reading."""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from pytest_django.plugin import DjangoDbBlocker
from wagtail.models import Page

from redaction import roles
from socle.models import Utilisateur
from tests.factories import InformationPageFactory
from tests.harness import database
from tests.redaction.test_publication import personne
from tests.variantes.circuit_falc import FALC, CircuitFalc, lecture
from variantes.models import ValidationFalc
from variantes.operations.falc import creer_version_falc
from variantes.operations.validation import enregistrer_lecture


@pytest.fixture
def circuit(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[CircuitFalc]:
    """Return a page in review in a database that every connection sees."""
    with django_db_blocker.unblock(), database.private_copy(database.ensure_model, f"test_falc_{os.getpid()}"):
        yield CircuitFalc()


def together(act: Callable[[Utilisateur], object], *people: Utilisateur) -> list[bool]:
    """Let people act at once; return whose act counted."""
    start = Barrier(len(people))

    def one(user: Utilisateur) -> bool:
        start.wait(timeout=10)
        try:
            act(user)
        except ValidationError:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(len(people)) as pool:
        return list(pool.map(one, people))


def test_one_version_and_one_reading(circuit: CircuitFalc) -> None:
    source = InformationPageFactory(title="Aider", publiee=True)
    writers = (circuit.auteur, personne(roles.REDACTION_FALC))
    assert sorted(together(lambda user: creer_version_falc(source, user), *writers)) == [False, True]
    versions = Page.objects.filter(translation_key=source.translation_key, locale__language_code=FALC)
    assert versions.count() == 1

    page, revision = circuit.page, circuit.page.latest_revision_id
    read = together(lambda user: enregistrer_lecture(page, revision, user, lecture()), circuit.groupe, circuit.auteur)
    assert sorted(read) == [False, True]
    assert ValidationFalc.objects.get().lecteurs.count() == 2
    assert circuit.etape == "Validation"
