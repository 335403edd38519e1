"""Views of the glossary, one module per concept."""

from glossaire.views import concepts, exports, pages

__all__ = ["concepts", "exports", "pages"]
