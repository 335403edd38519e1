"""Views of the glossary, one module per concept."""

from glossaire.views import impression, liste, termes

__all__ = ["impression", "liste", "termes"]
