"""Models of the editorial team, one module per concept."""

from redaction.models.propositions import ContactProposition, EtatProposition, MessageProposition, Proposition
from redaction.models.relecture import Approbation, RelectureEnBinome, Validation

__all__ = [
    "Approbation",
    "ContactProposition",
    "EtatProposition",
    "MessageProposition",
    "Proposition",
    "RelectureEnBinome",
    "Validation",
]
