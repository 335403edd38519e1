"""The pictures that were installed as pictograms, and what they were installed with."""

from typing import ClassVar

from django.db import models

from socle.models import Illustration

NOM_DE_FONDS_MAX = 100


class Pictogramme(models.Model):
    """A drawing of the bank, or of an imported set, and the picture made of it.

    The picture is an ordinary one, that editors rename, tag and replace as they like. What was written last is kept
    here: an update changes what nobody touched, and a picture that was deleted does not come back by itself.
    """

    fonds = models.CharField("fonds", max_length=NOM_DE_FONDS_MAX)
    cle = models.CharField("clé", max_length=200)
    theme = models.CharField("thème", max_length=50, blank=True)
    image = models.OneToOneField(
        Illustration, verbose_name="image", null=True, on_delete=models.SET_NULL, related_name="pictogramme"
    )
    source = models.CharField("empreinte de la source", max_length=64)
    fichier = models.CharField("empreinte du fichier", max_length=40)
    notice = models.JSONField("notice installée", default=dict)

    # To have been installed is no use of a picture.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = "pictogramme"
        verbose_name_plural = "pictogrammes"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["fonds", "cle"], name="pictogramme_unique"),
            models.CheckConstraint(condition=~models.Q(fonds="") & ~models.Q(cle=""), name="pictogramme_nomme"),
        ]

    def __str__(self) -> str:
        return f"{self.fonds} : {self.cle}"
