"""Wiring of the language versions into the admin."""

from variantes.hooks import falc, fraicheur, gardes, traductions  # noqa: F401 -- registers them
