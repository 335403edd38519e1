"""Models of the glossary, one module per concept."""

from glossaire.models.concepts import Concept, Relation
from glossaire.models.imports import ImportTermes, LigneImport
from glossaire.models.noms import NomDeTerme
from glossaire.models.pages import GlossairePage, TermePage
from glossaire.models.sigles import SigleCourant
from glossaire.models.sources import SourceVerifiee

__all__ = [
    "Concept",
    "GlossairePage",
    "ImportTermes",
    "LigneImport",
    "NomDeTerme",
    "Relation",
    "SigleCourant",
    "SourceVerifiee",
    "TermePage",
]
