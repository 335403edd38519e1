"""Pictures and documents, with what a reader must know to reuse them."""

from typing import ClassVar

from django.db import models
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage, AbstractRendition

from socle.licences import Licence


class CreditMixin(models.Model):
    """Who made a work, where it comes from, and how it may be reused."""

    auteur = models.CharField("auteur", max_length=200, blank=True)
    source = models.CharField(
        "source", max_length=300, blank=True, help_text="D’où vient l’œuvre : fonds, site, adresse web."
    )
    licence = models.CharField("licence", max_length=30, choices=Licence, default=Licence.RESERVES)

    class Meta:
        abstract = True

    @property
    def credit(self) -> str:
        """Author, source and licence on one line, as printed under a picture."""
        return " · ".join(part for part in (self.auteur, self.source, self.get_licence_display()) if part)


class Illustration(CreditMixin, AbstractImage):
    """A picture. Its `description` is the alternative text proposed wherever it is used."""

    admin_form_fields = (
        "title",
        "file",
        "description",
        "auteur",
        "source",
        "licence",
        "collection",
        "tags",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    )

    class Meta(AbstractImage.Meta):
        verbose_name = "image"
        verbose_name_plural = "images"


class RenduIllustration(AbstractRendition):
    """A picture resized for one use."""

    image = models.ForeignKey(Illustration, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["image", "filter_spec", "focal_point_key"], name="rendu_unique"),
        ]


class Fichier(CreditMixin, AbstractDocument):
    """A file to download."""

    admin_form_fields = ("title", "file", "auteur", "source", "licence", "collection", "tags")

    class Meta(AbstractDocument.Meta):
        verbose_name = "document"
        verbose_name_plural = "documents"

    def clean(self) -> None:
        # Dropped among others, the file has been checked already and comes after the rest of the form.
        if self.file:
            super().clean()

    @property
    def est_public(self) -> bool:
        """Whether anyone may read it; asked apart where it was not fetched for a page."""
        from socle.documents import closed_collections

        if "acces_ferme" in self.__dict__:
            return not self.__dict__["acces_ferme"]
        return self.collection_id not in closed_collections()
