"""Models of the languages and of FALC, one module per concept."""

from variantes.models.fraicheur import FraicheurPage, VersionDeRevision, VersionSource

__all__ = ["FraicheurPage", "VersionDeRevision", "VersionSource"]
