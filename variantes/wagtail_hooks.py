"""Wiring of the language versions into the admin."""

from variantes.hooks import fraicheur, gardes, retours  # noqa: F401 -- registers them
