"""Models of the languages and of FALC, one module per concept."""

from variantes.models.fraicheur import FraicheurPage, VersionDeRevision, VersionSource
from variantes.models.validation import LecteurFalc, LectureFalc, ValidationFalc

__all__ = ["FraicheurPage", "LecteurFalc", "LectureFalc", "ValidationFalc", "VersionDeRevision", "VersionSource"]
