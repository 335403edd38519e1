"""Accounts: every test starts in French, whatever the last one read."""

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def francais() -> None:
    translation.activate("fr")
