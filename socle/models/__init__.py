"""Models of the foundation, one module per concept."""

from socle.models.courriels import CourrielASortir
from socle.models.generation import GenerationContenu
from socle.models.lieux import FermetureLieu, HoraireLieu, Jour, Lieu
from socle.models.medias import Fichier, Illustration, RenduIllustration
from socle.models.navigation import LienMenu, Menu
from socle.models.pages import BasePage
from socle.models.recherche import DocumentRecherche, EntreeRecherche, RechercheSansResultat
from socle.models.reglages import ReglagesSite
from socle.models.utilisateurs import Utilisateur
from socle.models.vocabulaires import (
    VOCABULAIRES,
    Contexte,
    Echelle,
    Nature,
    NiveauEngagement,
    Public,
    Territoire,
    Thematique,
    Vocabulaire,
)

__all__ = [
    "VOCABULAIRES",
    "BasePage",
    "Contexte",
    "CourrielASortir",
    "DocumentRecherche",
    "Echelle",
    "EntreeRecherche",
    "FermetureLieu",
    "Fichier",
    "GenerationContenu",
    "HoraireLieu",
    "Illustration",
    "Jour",
    "LienMenu",
    "Lieu",
    "Menu",
    "Nature",
    "NiveauEngagement",
    "Public",
    "RechercheSansResultat",
    "ReglagesSite",
    "RenduIllustration",
    "Territoire",
    "Thematique",
    "Utilisateur",
    "Vocabulaire",
]
