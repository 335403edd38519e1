"""The index of the public search: one row per published page."""

from typing import Any, ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models


class EntreeRecherche(models.Model):
    """The words of a page, weighted and stemmed in its language."""

    page = models.OneToOneField("wagtailcore.Page", on_delete=models.CASCADE, primary_key=True, related_name="+")
    langue = models.CharField(max_length=20, db_index=True)
    titre = models.TextField()
    resume = models.TextField(default="")
    texte = models.TextField(default="")
    vecteur: Any = SearchVectorField(null=True)

    class Meta:
        verbose_name = "entrée de recherche"
        verbose_name_plural = "entrées de recherche"
        indexes: ClassVar = [GinIndex(fields=["vecteur"], name="recherche_vecteur")]

    def __str__(self) -> str:
        return self.titre
