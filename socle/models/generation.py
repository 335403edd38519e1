"""The number that every change of public content increments."""

from typing import ClassVar

from django.db import models


class GenerationContenu(models.Model):
    """One row. Whoever remembers something shown to the public remembers under which generation it was true."""

    valeur = models.PositiveBigIntegerField(default=0)

    class Meta:
        verbose_name = "génération du contenu"
        verbose_name_plural = "génération du contenu"
        constraints: ClassVar = [models.CheckConstraint(condition=models.Q(pk=1), name="generation_une_ligne")]

    def __str__(self) -> str:
        return str(self.valeur)
