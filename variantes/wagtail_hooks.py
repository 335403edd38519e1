"""Wiring of the language versions into the admin."""

from variantes.hooks import assistant, fraicheur, gardes  # noqa: F401 -- registers them
