"""Models of the languages and of FALC, one module per concept."""

from variantes.models.traductions import (
    CommentaireSegment,
    LectureMachine,
    RelectureTraduction,
    SoumissionTraduction,
)

__all__ = ["CommentaireSegment", "LectureMachine", "RelectureTraduction", "SoumissionTraduction"]
