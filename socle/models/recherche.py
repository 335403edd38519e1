"""The index of the public search, and what it did not find."""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models


class EntreeRecherche(models.Model):
    """The words of a page, weighted and stemmed in its language."""

    page = models.OneToOneField(
        "wagtailcore.Page", on_delete=models.CASCADE, primary_key=True, related_name="entree_recherche"
    )
    langue = models.CharField(max_length=20, db_index=True)
    titre = models.TextField()
    resume = models.TextField(default="")
    texte = models.TextField(default="")
    # The title without accents, case or punctuation: what suggestions and spelling look at.
    libelle = models.CharField(max_length=255, default="")
    # Values of the facets: "type:fiche", "natures:soins".
    termes: Any = ArrayField(models.CharField(max_length=90), default=list)
    vecteur: Any = SearchVectorField(null=True)
    # What wrote the entry: `socle.search.index.VERSION` at that time.
    version = models.PositiveSmallIntegerField(db_default=0)

    class Meta:
        verbose_name = "entrée de recherche"
        verbose_name_plural = "entrées de recherche"
        indexes: ClassVar = [
            GinIndex(fields=["vecteur"], name="recherche_vecteur"),
            GinIndex(fields=["termes"], name="recherche_termes"),
            GinIndex(fields=["libelle"], name="recherche_libelle", opclasses=["gin_trgm_ops"]),
        ]

    def __str__(self) -> str:
        return self.titre


class DocumentRecherche(models.Model):
    """The words of a document's title. Which language finds it depends on the pages that use it."""

    document = models.OneToOneField("socle.Fichier", on_delete=models.CASCADE, primary_key=True, related_name="+")
    vecteur: Any = SearchVectorField(null=True)

    class Meta:
        verbose_name = "document de la recherche"
        verbose_name_plural = "documents de la recherche"
        indexes: ClassVar = [GinIndex(fields=["vecteur"], name="recherche_document_vecteur")]

    def __str__(self) -> str:
        return str(self.document_id)


class RechercheSansResultat(models.Model):
    """How many times in a day nothing was found for these words. Who asked is not known."""

    langue = models.CharField("langue", max_length=20)
    mots = models.CharField("mots cherchés", max_length=60)
    jour = models.DateField("jour", db_index=True)
    nombre = models.PositiveIntegerField("nombre", default=1)

    class Meta:
        verbose_name = "recherche sans résultat"
        verbose_name_plural = "recherches sans résultat"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["langue", "mots", "jour"], name="recherche_sans_resultat_unique")
        ]

    def __str__(self) -> str:
        return self.mots
