"""Wiring of the language versions into the admin."""

from variantes.hooks import fraicheur, gardes  # noqa: F401 -- registers them
