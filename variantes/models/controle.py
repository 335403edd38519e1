"""What the checker last found in the newest text of a page in FALC."""

from typing import ClassVar

from django.db import models
from wagtail.models import Page


class ControleFalc(models.Model):
    """How many findings of each level, kept so that a list of pages costs no reading of their texts."""

    page = models.OneToOneField(Page, on_delete=models.CASCADE, primary_key=True, related_name="controle_falc")
    erreurs = models.PositiveSmallIntegerField("erreurs", default=0)
    attentions = models.PositiveSmallIntegerField("points d’attention", default=0)
    informations = models.PositiveSmallIntegerField("informations", default=0)
    le = models.DateTimeField("contrôlée le", auto_now=True)

    class Meta:
        verbose_name = "contrôle d’une page en FALC"
        verbose_name_plural = "contrôles des pages en FALC"
        indexes: ClassVar = [models.Index(fields=["-erreurs"], name="controle_falc_erreurs")]

    def __str__(self) -> str:
        return f"{self.page_id} : {self.bilan}"

    @property
    def bilan(self) -> str:
        """The numbers in words."""
        return bilan(self.erreurs, self.attentions, self.informations)


def bilan(erreurs: int, attentions: int, informations: int) -> str:
    """Say numbers of findings in words, the gravest first."""
    parts = [
        f"{number} {singular if number == 1 else plural}"
        for number, singular, plural in (
            (erreurs, "erreur", "erreurs"),
            (attentions, "point d’attention", "points d’attention"),
            (informations, "information", "informations"),
        )
        if number
    ]
    return ", ".join(parts) or "Rien à signaler"
