"""What the moderation did alone, to be read by both sides afterwards."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from wagtail.models import Page, Revision

LONGUEUR_MOTIF = 500


class PublicationUrgente(models.Model):
    """A revision that was made public without its review, by whom and why. The name outlives the account."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="publications_urgentes")
    revision = models.ForeignKey(
        Revision, on_delete=models.SET_NULL, null=True, blank=True, related_name="publications_urgentes"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    nom = models.CharField("nom", max_length=320)
    motif = models.CharField("motif", max_length=LONGUEUR_MOTIF)
    le = models.DateTimeField("publiée le", auto_now_add=True)

    class Meta:
        verbose_name = "publication en urgence"
        verbose_name_plural = "publications en urgence"
        ordering: ClassVar = ["-le"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~models.Q(motif=""), name="publication_urgente_motivee"),
        ]

    def __str__(self) -> str:
        return f"{self.page} ({self.nom})"
