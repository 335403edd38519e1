"""Models of the editorial team, one module per concept."""

from redaction.models.moderation import PublicationUrgente
from redaction.models.notifications import Genre, Notification, PreferenceNotification, RappelDeRevision, Rythme
from redaction.models.propositions import ContactProposition, EtatProposition, MessageProposition, Proposition
from redaction.models.relecture import Approbation, RelectureEnBinome, Validation

__all__ = [
    "Approbation",
    "ContactProposition",
    "EtatProposition",
    "Genre",
    "MessageProposition",
    "Notification",
    "PreferenceNotification",
    "Proposition",
    "PublicationUrgente",
    "RappelDeRevision",
    "RelectureEnBinome",
    "Rythme",
    "Validation",
]
