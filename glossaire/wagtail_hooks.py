"""Wiring of the glossary into the admin."""

from glossaire.hooks import liens  # noqa: F401 -- registers them
