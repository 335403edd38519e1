"""Fixtures of the reviews."""

import pytest

from redaction import roles
from tests.factories import accueil, groupes_des_roles, index_fiches
from tests.redaction.moderation import Moderation
from tests.redaction.test_matrice import signed_in
from tests.redaction.test_publication import Circuit


@pytest.fixture
def circuit(db: None) -> Circuit:
    """Return a page in review, and the people around it."""
    groupes_des_roles()
    return Circuit()


@pytest.fixture
def moderation_client(db: None) -> Moderation:
    """Return someone of the moderation at their addresses."""
    accueil()
    index_fiches()
    client, _user = signed_in(roles.MODERATION)
    return Moderation(client)
