"""How many strings each translation still lacks."""

from typing import ClassVar

from django.db import models
from wagtail_localize.models import Translation


class AvancementTraduction(models.Model):
    """The strings of a translation, counted once for the lists of thousands. Without a row, nobody has counted yet."""

    translation = models.OneToOneField(Translation, on_delete=models.CASCADE, primary_key=True, related_name="+")
    chaines = models.PositiveIntegerField(default=0)
    manquantes = models.PositiveIntegerField(default=0)
    # A string has changed since: lists count again, until the clock has.
    perimee = models.BooleanField(default=True)
    comptee_le = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "avancement d’une traduction"
        verbose_name_plural = "avancement des traductions"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(manquantes__lte=models.F("chaines")), name="avancement_traduction_possible"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.chaines - self.manquantes}/{self.chaines}"
