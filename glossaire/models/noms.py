"""The names under which each term is found: in texts, by the search, by editors who look for it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from wagtail.models import Locale


class NomDeTerme(models.Model):
    """One name of a term page, drafts included; written again each time the page is saved.

    Two public terms of one language never share a name: a reader would not know which is meant. They may share an
    inflected form.
    """

    class Genre(models.TextChoices):
        """In the order in which a name shared with another term is given to one of them."""

        PREFERE = "prefere", "Terme"
        AUTRE = "autre", "Autre nom"
        DEVELOPPE = "developpe", "Forme développée"
        SIGLE = "sigle", "Sigle"
        FORME = "forme", "Forme du mot"

    page = models.ForeignKey("glossaire.TermePage", on_delete=models.CASCADE, related_name="noms")
    locale = models.ForeignKey(Locale, on_delete=models.CASCADE, related_name="+")
    texte = models.CharField(max_length=200)
    # What spellings of the same name share: neither case nor accents (`glossaire.liaison.cle_de`).
    cle = models.CharField(max_length=200)
    genre = models.CharField(max_length=20, choices=Genre)
    public = models.BooleanField()

    class Meta:
        verbose_name = "nom de terme"
        verbose_name_plural = "noms de termes"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["locale", "cle"], condition=Q(public=True) & ~Q(genre="forme"), name="glossaire_nom_unique"
            ),
            models.UniqueConstraint(fields=["page", "cle"], name="glossaire_nom_une_fois"),
            models.CheckConstraint(condition=~Q(cle=""), name="glossaire_nom_non_vide"),
        ]
        indexes: ClassVar = [models.Index(fields=["locale", "cle"], name="glossaire_nom_cle")]

    def __str__(self) -> str:
        return self.texte
