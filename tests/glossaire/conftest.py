"""People who import tables of terms, and what their tables name."""

from typing import Any

import pytest

from tests.factories import UtilisateurFactory, glossaire
from tests.factories.vocabulaires import termes as vocabulaire


@pytest.fixture
def redacteur() -> Any:
    glossaire()
    return UtilisateurFactory(redacteur=True)


@pytest.fixture
def moderateur() -> Any:
    glossaire()
    return UtilisateurFactory(moderateur=True)


@pytest.fixture
def vocabulaires() -> None:
    vocabulaire("thematiques", ["cadre", "ressources"], "fr")
    vocabulaire("publics", ["usagers"], "fr")
