"""Wiring of the glossary into the admin."""

from glossaire.hooks import ajout, concepts, imports, liens, noms, rapports  # noqa: F401 -- registers them
