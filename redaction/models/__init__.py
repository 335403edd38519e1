"""Models of the editorial team, one module per concept."""

from redaction.models.moderation import PublicationUrgente
from redaction.models.notifications import Genre, Notification, PreferenceNotification, RappelDeRevision, Rythme
from redaction.models.relecture import Approbation, RelectureEnBinome, Validation

__all__ = [
    "Approbation",
    "Genre",
    "Notification",
    "PreferenceNotification",
    "PublicationUrgente",
    "RappelDeRevision",
    "RelectureEnBinome",
    "Rythme",
    "Validation",
]
