"""Wiring of the glossary into the admin."""

from glossaire.hooks import liens, rapports  # noqa: F401 -- registers them
