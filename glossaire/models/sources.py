"""Whether the sources that the terms cite still answer."""

from typing import ClassVar

from django.db import models
from django.db.models import Q


class SourceVerifiee(models.Model):
    """What the address of a source answered last; written by the scheduled job alone."""

    class Etat(models.TextChoices):
        REPOND = "repond", "Répond"
        INTROUVABLE = "introuvable", "Page introuvable"
        REFUS = "refus", "Réponse refusée"
        ERREUR = "erreur", "Erreur du site"
        MUETTE = "muette", "Ne répond pas"
        INTERDITE = "interdite", "Adresse non vérifiable"

    # Those that a reader would not reach.
    CASSEES = (Etat.INTROUVABLE, Etat.ERREUR, Etat.MUETTE)

    adresse = models.CharField("adresse", max_length=500, unique=True)
    etat = models.CharField("état", max_length=20, choices=Etat)
    # The answer's status, where there was one.
    code = models.PositiveSmallIntegerField("code", null=True, blank=True)
    verifiee_le = models.DateTimeField("vérifiée le", db_index=True)
    bonne_le = models.DateTimeField("a répondu le", null=True, blank=True)

    class Meta:
        verbose_name = "source vérifiée"
        verbose_name_plural = "sources vérifiées"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(etat__in=["repond", "introuvable", "refus", "erreur", "muette", "interdite"]),
                name="glossaire_source_etat",
            ),
            models.CheckConstraint(
                condition=Q(bonne_le=None) | Q(bonne_le__lte=models.F("verifiee_le")), name="glossaire_source_bonne_le"
            ),
        ]

    def __str__(self) -> str:
        return self.adresse
