"""Models of the languages and of FALC, one module per concept."""

from variantes.models.avancement import AvancementTraduction
from variantes.models.controle import ControleFalc
from variantes.models.envois import Envoi, LigneEnvoi, Resultat
from variantes.models.fraicheur import FraicheurPage, VersionDeRevision, VersionSource
from variantes.models.pictogrammes import Pictogramme

__all__ = [
    "AvancementTraduction",
    "ControleFalc",
    "Envoi",
    "FraicheurPage",
    "LigneEnvoi",
    "Pictogramme",
    "Resultat",
    "VersionDeRevision",
    "VersionSource",
]
