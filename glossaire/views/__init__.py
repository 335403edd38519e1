"""Views of the glossary, one module per concept."""

from glossaire.views import adresses, exports, impression, liste, termes

__all__ = ["adresses", "exports", "impression", "liste", "termes"]
