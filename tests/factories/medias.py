"""Pictures and documents."""

from typing import Any

import factory
from wagtail_factories import DocumentFactory, ImageFactory

from socle.models import Fichier, Illustration


class IllustrationFactory(ImageFactory):
    """A picture with its credit; small, so that its renditions cost little."""

    class Meta:
        model = Illustration

    title = factory.Sequence(lambda n: f"Dessin {n}")
    description = "Deux personnes autour d’une table"
    auteur = "Atelier fictif"
    licence = "cc-by-sa-4.0"
    collection = None
    file = factory.django.ImageField(width=400, height=250, format="PNG", filename="dessin.png")

    @classmethod
    def _create(cls, model_class: type[Illustration], *args: Any, **kwargs: Any) -> Illustration:
        if kwargs.get("collection") is None:
            del kwargs["collection"]
        return super()._create(model_class, *args, **kwargs)


class FichierFactory(DocumentFactory):
    """A document of 2,048 bytes; `video=True` for a film."""

    class Meta:
        model = Fichier

    class Params:
        video = factory.Trait(file=factory.django.FileField(filename="film.mp4", data=b"0" * 2048))

    title = factory.Sequence(lambda n: f"Document {n}")
    licence = "cc-by-sa-4.0"
    collection = None
    file = factory.django.FileField(filename="canevas.odt", data=b"0" * 2048)
    # The admin stores the size; without it the first reader would.
    file_size = 2048

    @classmethod
    def _create(cls, model_class: type[Fichier], *args: Any, **kwargs: Any) -> Fichier:
        if kwargs.get("collection") is None:
            del kwargs["collection"]
        return super()._create(model_class, *args, **kwargs)
