"""Models of the languages and of FALC, one module per concept."""

from variantes.models.avancement import AvancementTraduction
from variantes.models.controle import ControleFalc
from variantes.models.envois import Envoi, LigneEnvoi
from variantes.models.fraicheur import FraicheurPage, VersionDeRevision, VersionSource
from variantes.models.pictogrammes import Pictogramme
from variantes.models.retours import RetourLecture
from variantes.models.traductions import CommentaireSegment, LectureMachine, RelectureTraduction, SoumissionTraduction
from variantes.models.validation import LecteurFalc, LectureFalc, ValidationFalc

__all__ = [
    "AvancementTraduction",
    "CommentaireSegment",
    "ControleFalc",
    "Envoi",
    "FraicheurPage",
    "LecteurFalc",
    "LectureFalc",
    "LectureMachine",
    "LigneEnvoi",
    "Pictogramme",
    "RelectureTraduction",
    "RetourLecture",
    "SoumissionTraduction",
    "ValidationFalc",
    "VersionDeRevision",
    "VersionSource",
]
