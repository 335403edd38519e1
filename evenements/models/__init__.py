"""Models of the agenda, one module per concept."""

from evenements.models.enquetes import JetonEnquete, ReponseEnquete
from evenements.models.evenements import (
    AnimateurEvenement,
    Cote,
    Evenement,
    GenreEvenement,
    LangueParlee,
    Mode,
    ModeInscription,
    OrganisateurEvenement,
    Participant,
    QuotaParticipants,
    StatutEvenement,
)
from evenements.models.inscriptions import AVEC_PLACE, OUVERTS, BesoinAcces, EtatInscription, Inscription
from evenements.models.pages import AgendaPage, EvenementPage
from evenements.models.seances import Seance

__all__ = [
    "AVEC_PLACE",
    "OUVERTS",
    "AgendaPage",
    "AnimateurEvenement",
    "BesoinAcces",
    "Cote",
    "EtatInscription",
    "Evenement",
    "EvenementPage",
    "GenreEvenement",
    "Inscription",
    "JetonEnquete",
    "LangueParlee",
    "Mode",
    "ModeInscription",
    "OrganisateurEvenement",
    "Participant",
    "QuotaParticipants",
    "ReponseEnquete",
    "Seance",
    "StatutEvenement",
]
