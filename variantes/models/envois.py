"""Pages sent to translation: who sent what, and what became of each page in each language."""

import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale, Page

from variantes.langues import nom_de_langue

# Without a page done for so long, a sending has lost the process that ran it.
SILENCE = datetime.timedelta(minutes=3)


class Resultat(models.TextChoices):
    """What became of one page in one language."""

    A_FAIRE = "a_faire", "En attente"
    CREEE = "creee", "Brouillon créé"
    EXISTANTE = "existante", "Existait déjà"
    REFUSEE = "refusee", "Refusée"
    ECHEC = "echec", "Erreur"


class Envoi(models.Model):
    """One sending, of a page or of a whole branch, to one language or more. It outlives the page and the account."""

    page = models.ForeignKey(
        Page, verbose_name="page", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    titre = models.CharField("titre de la page", max_length=255)
    avec_dessous = models.BooleanField("avec les pages en dessous", default=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="demandé par",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    nom = models.CharField("nom", max_length=320)
    langues = models.CharField("langues", max_length=200)
    cree_le = models.DateTimeField("demandé le", auto_now_add=True)
    # When a page was last done.
    avance_le = models.DateTimeField("dernier progrès", default=timezone.now)
    fini_le = models.DateTimeField("fini le", null=True, blank=True)

    class Meta:
        verbose_name = "envoi en traduction"
        verbose_name_plural = "envois en traduction"
        ordering: ClassVar = ["-cree_le", "-pk"]
        indexes: ClassVar = [models.Index(fields=["-cree_le"], name="envoi_par_date")]

    def __str__(self) -> str:
        return f"{self.titre} ({self.langues})"

    @property
    def url_admin(self) -> str:
        return reverse("variantes_envoi", args=[self.pk])

    def interrompu(self, now: datetime.datetime | None = None) -> bool:
        """Tell whether nothing moves any more, though pages remain."""
        return self.fini_le is None and self.avance_le < (now or timezone.now()) - SILENCE


class LigneEnvoi(models.Model):
    """One page in one language."""

    envoi = models.ForeignKey(Envoi, on_delete=models.CASCADE, related_name="lignes")
    rang = models.PositiveIntegerField("rang")
    page = models.ForeignKey(Page, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    titre = models.CharField("titre", max_length=255)
    locale = models.ForeignKey(Locale, on_delete=models.CASCADE, related_name="+")
    # Not asked for: the page asked for cannot stand without it.
    au_dessus = models.BooleanField("page au-dessus", default=False)
    resultat = models.CharField("résultat", max_length=20, choices=Resultat, default=Resultat.A_FAIRE)
    raison = models.CharField("raison", max_length=500, blank=True)
    version = models.ForeignKey(Page, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "page envoyée"
        verbose_name_plural = "pages envoyées"
        ordering: ClassVar = ["rang"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["envoi", "rang"], name="ligne_envoi_rang"),
            models.UniqueConstraint(fields=["envoi", "page", "locale"], name="ligne_envoi_unique"),
            models.CheckConstraint(condition=Q(resultat__in=Resultat.values), name="ligne_envoi_resultat_connu"),
            models.CheckConstraint(
                condition=~Q(resultat__in=[Resultat.REFUSEE, Resultat.ECHEC], raison=""),
                name="ligne_envoi_refus_explique",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.titre} ({self.locale})"

    @property
    def langue(self) -> str:
        return nom_de_langue(self.locale.language_code)
