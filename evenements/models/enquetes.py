"""What people thought of a date, told without saying who they are."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from evenements.models.seances import Seance


class JetonEnquete(models.Model):
    """The right to answer once about a date. It is no one's, and disappears when used."""

    empreinte = models.CharField(max_length=64, primary_key=True)
    seance = models.ForeignKey(Seance, on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = "jeton d’enquête"
        verbose_name_plural = "jetons d’enquête"

    def __str__(self) -> str:
        return f"Jeton pour {self.seance_id}"


class ReponseEnquete(models.Model):
    """The three answers of somebody about a date: no name, no moment, no order."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    seance = models.ForeignKey(Seance, on_delete=models.PROTECT, related_name="reponses", verbose_name="date")
    # From 1, not at all, to 4, entirely.
    satisfaction = models.PositiveSmallIntegerField("satisfaction", null=True, blank=True)
    place = models.PositiveSmallIntegerField("a pu prendre sa place", null=True, blank=True)
    commentaire = models.TextField("à garder, à changer", max_length=2000, blank=True)

    class Meta:
        verbose_name = "réponse à l’enquête"
        verbose_name_plural = "réponses à l’enquête"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(satisfaction__isnull=True) | Q(satisfaction__range=(1, 4)), name="reponse_satisfaction"
            ),
            models.CheckConstraint(condition=Q(place__isnull=True) | Q(place__range=(1, 4)), name="reponse_place"),
        ]

    def __str__(self) -> str:
        return f"Réponse pour {self.seance_id}"
