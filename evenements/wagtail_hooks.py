"""Wiring of the agenda into the admin."""

from evenements.hooks import journal, journal_inscriptions  # noqa: F401 -- registers them
