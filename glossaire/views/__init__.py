"""Views of the glossary, one module per concept."""

from glossaire.views import pages

__all__ = ["pages"]
