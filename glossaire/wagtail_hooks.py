"""Wiring of the glossary into the admin."""

from glossaire.hooks import ajout, liens, rapports  # noqa: F401 -- registers them
