"""Models of the editorial team, one module per concept."""

from redaction.models.moderation import PublicationUrgente
from redaction.models.relecture import Approbation, RelectureEnBinome, Validation

__all__ = ["Approbation", "PublicationUrgente", "RelectureEnBinome", "Validation"]
