"""Models of the glossary, one module per concept."""

from glossaire.models.concepts import Concept, Relation
from glossaire.models.imports import ImportTermes, LigneImport
from glossaire.models.noms import NomDeTerme
from glossaire.models.pages import GlossairePage, TermePage

__all__ = ["Concept", "GlossairePage", "ImportTermes", "LigneImport", "NomDeTerme", "Relation", "TermePage"]
