"""Fixtures of the reviews."""

import pytest

from redaction.operations.roles import synchroniser_roles
from tests.redaction.test_publication import Circuit


@pytest.fixture
def circuit(db: None) -> Circuit:
    """Return a page in review, and the people around it."""
    synchroniser_roles()
    return Circuit()
