"""Wiring of the language versions into the admin."""

from variantes.hooks import gardes, pictogrammes  # noqa: F401 -- registers them
