"""Mails that wait to leave, each once."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone


class CourrielASortir(models.Model):
    """A mail written in the transaction of what it tells; `cle` says what it is, and is never used twice.

    It leaves when the transaction is committed, or at `apres`; see `socle.sortie`.
    """

    cle = models.CharField("clé", max_length=200, unique=True)
    destinataire = models.EmailField("destinataire", blank=True)
    sujet = models.CharField("sujet", max_length=200)
    corps = models.TextField("texte", blank=True)
    # A body that ties a person to an answer that must stay anonymous.
    a_effacer = models.BooleanField("texte effacé après l’envoi", default=False)
    cree_le = models.DateTimeField("écrit le", auto_now_add=True)
    apres = models.DateTimeField("à envoyer à partir du", default=timezone.now)
    envoye_le = models.DateTimeField("envoyé le", null=True, editable=False)
    # Given up: too many attempts, or an address that is refused.
    abandonne_le = models.DateTimeField("abandonné le", null=True, editable=False)
    essais = models.PositiveSmallIntegerField("essais", default=0, editable=False)

    class Meta:
        verbose_name = "courriel à envoyer"
        verbose_name_plural = "courriels à envoyer"
        ordering: ClassVar = ["pk"]
        indexes: ClassVar = [
            models.Index(
                fields=["apres"],
                name="courriel_qui_attend",
                condition=Q(envoye_le__isnull=True, abandonne_le__isnull=True),
            ),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(envoye_le__isnull=True) | Q(abandonne_le__isnull=True), name="courriel_envoye_ou_abandonne"
            ),
        ]

    def __str__(self) -> str:
        return self.cle
