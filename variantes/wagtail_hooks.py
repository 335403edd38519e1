"""Wiring of the language versions into the admin."""

from variantes.hooks import gardes  # noqa: F401 -- registers it
