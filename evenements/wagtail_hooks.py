"""Wiring of the agenda into the admin."""

from evenements.hooks import journal  # noqa: F401 -- registers them
