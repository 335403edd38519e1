"""What makes a place or a meeting accessible: facts, the same words for both."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Accessibilite(models.TextChoices):
    """One thing that somebody may need in order to come and take part."""

    PLAIN_PIED = "plain_pied", _("Accès de plain-pied ou par une rampe")
    ASCENSEUR = "ascenseur", _("Ascenseur")
    TOILETTES_ADAPTEES = "toilettes_adaptees", _("Toilettes adaptées")
    STATIONNEMENT_RESERVE = "stationnement_reserve", _("Place de stationnement réservée")
    BOUCLE_MAGNETIQUE = "boucle_magnetique", _("Boucle magnétique")
    PIECE_CALME = "piece_calme", _("Pièce calme pour se reposer")
    LSF = "lsf", _("Interprétation en langue des signes française (LSF)")
    TRANSCRIPTION = "transcription", _("Transcription écrite en direct")
    DOCUMENTS_FALC = "documents_falc", _("Documents en facile à lire et à comprendre")
    GROS_CARACTERES = "gros_caracteres", _("Documents en gros caractères")
    ACCUEIL_ACCOMPAGNE = "accueil_accompagne", _("Quelqu’un vous attend et vous accompagne")
    TRANSPORT_REMBOURSE = "transport_rembourse", _("Frais de transport remboursés")
    GARDE_ENFANTS = "garde_enfants", _("Garde d’enfants sur place")
