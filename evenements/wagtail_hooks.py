"""Wiring of the agenda into the admin."""

from evenements.hooks import chiffres  # noqa: F401 -- registers them
