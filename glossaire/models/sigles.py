"""Acronyms that need no term."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q


class SigleCourant(models.Model):
    """An acronym that editors no longer want to be told of: everyone knows it, or it is none."""

    sigle = models.CharField("sigle", max_length=20, unique=True)
    ecarte_le = models.DateTimeField("écarté le", auto_now_add=True)
    ecarte_par = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="écarté par",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )

    class Meta:
        verbose_name = "sigle courant"
        verbose_name_plural = "sigles courants"
        ordering: ClassVar = ["sigle"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(sigle=""), name="glossaire_sigle_courant_non_vide")
        ]

    def __str__(self) -> str:
        return self.sigle
