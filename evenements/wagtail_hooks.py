"""Wiring of the agenda into the admin."""

from evenements.hooks import chiffres, equipe, inscrits, journal, journal_inscriptions, pages  # noqa: F401 -- registers them
