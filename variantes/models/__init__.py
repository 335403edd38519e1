"""Models of the languages and of FALC, one module per concept."""

from variantes.models.fraicheur import FraicheurPage, VersionDeRevision, VersionSource
from variantes.models.traductions import (
    CommentaireSegment,
    LectureMachine,
    RelectureTraduction,
    SoumissionTraduction,
)
from variantes.models.validation import LecteurFalc, LectureFalc, ValidationFalc

__all__ = [
    "CommentaireSegment",
    "FraicheurPage",
    "LecteurFalc",
    "LectureFalc",
    "LectureMachine",
    "RelectureTraduction",
    "SoumissionTraduction",
    "ValidationFalc",
    "VersionDeRevision",
    "VersionSource",
]
