"""Wiring of the glossary into the admin."""

from glossaire.hooks import imports  # noqa: F401 -- registers them
