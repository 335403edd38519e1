"""Models of the glossary, one module per concept."""

from glossaire.models.concepts import Concept, Relation
from glossaire.models.noms import NomDeTerme
from glossaire.models.pages import GlossairePage, TermePage

__all__ = ["Concept", "GlossairePage", "NomDeTerme", "Relation", "TermePage"]
