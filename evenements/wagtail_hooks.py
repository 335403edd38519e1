"""Wiring only: one module per concept."""

from evenements.hooks import journal_inscriptions  # noqa: F401 -- the hooks register themselves
