"""The numbers that changes of public content increment."""

from django.db import models


class GenerationContenu(models.Model):
    """Whoever remembers something shown to the public remembers under which generation it was true.

    One row for the whole content, and one for each part of it whose changes are to be told from the others.
    """

    nom = models.CharField(max_length=20, unique=True, default="contenu", db_default="contenu")
    valeur = models.PositiveBigIntegerField(default=0)

    class Meta:
        verbose_name = "génération du contenu"
        verbose_name_plural = "générations du contenu"

    def __str__(self) -> str:
        return f"{self.nom} : {self.valeur}"
