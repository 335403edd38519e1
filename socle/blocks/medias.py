"""Pictures, videos and documents."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from wagtail.blocks import CharBlock, RichTextBlock, StructBlock, StructBlockValidationError, StructValue, URLBlock
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from socle.blocks.choosers import DocumentChooserBlock, ImageBlock, ImageChooserBlock
from socle.blocks.textes import FEATURES
from socle.sizes import poids


class ImageLegendeeBlock(StructBlock):
    image = ImageBlock(label="Image")
    legende = CharBlock(label="Légende", required=False, max_length=250)

    def get_preview_value(self) -> Any:
        """A picture of the site: a preview needs a real one."""
        image = get_image_model().objects.order_by("pk").first()
        raw = {"image": image.pk, "decorative": False, "alt_text": image.description} if image else None
        return self.to_python({"image": raw, "legende": "Une légende dit ce que l’image ajoute au texte."})

    class Meta:
        icon = "image"
        label = "Image"
        template = "socle/blocks/image.html"
        description = "Une image, son texte de remplacement et sa légende. Le crédit s’affiche de lui-même."


class DocumentValue(StructValue):
    """A document as readers see it: what it is and what it weighs, before they download it."""

    @property
    def type_fichier(self) -> str:
        document = self["document"]
        return document.file_extension.upper() if document else ""

    @property
    def poids(self) -> str:
        document = self["document"]
        return poids(document.get_file_size()) if document else ""


class DocumentBlock(StructBlock):
    document = DocumentChooserBlock(label="Document")
    description = CharBlock(label="Description", required=False, max_length=250)

    def get_preview_value(self) -> Any:
        """A document of the site: a preview needs a real one."""
        document = get_document_model().objects.order_by("pk").first()
        raw = {"document": document and document.pk, "description": "À remplir à deux, avant la première réunion."}
        return self.to_python(raw)

    class Meta:
        icon = "doc-full"
        label = "Document à télécharger"
        template = "socle/blocks/document.html"
        value_class = DocumentValue
        description = "Un fichier à réutiliser ; son type et son poids s’affichent d’eux-mêmes."


class VideoValue(StructValue):
    @property
    def hote(self) -> str:
        """Host of the player, shown to readers before they load anything from it."""
        return urlsplit(self["url"] or "").hostname or ""

    @property
    def lecteur(self) -> str:
        """Address of the player, when the owners allow its host inside the page; else empty."""
        return str(self["url"]) if self.hote in settings.VIDEO_HOSTS else ""


class VideoBlock(StructBlock):
    titre = CharBlock(label="Titre", max_length=140)
    url = URLBlock(label="Adresse de la vidéo", required=False)
    fichier = DocumentChooserBlock(label="Ou fichier vidéo (MP4)", required=False)
    duree = CharBlock(label="Durée", required=False, max_length=40)
    vignette = ImageChooserBlock(label="Vignette", required=False)
    transcription = RichTextBlock(
        label="Transcription", features=FEATURES, help_text="Tout ce qui se dit et se voit : elle est obligatoire."
    )

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        if bool(value["url"]) == bool(value["fichier"]):
            message = "Donnez l’adresse de la vidéo ou un fichier, l’un des deux."
            raise StructBlockValidationError(block_errors={"url": ValidationError(message)})
        if value["fichier"] and value["fichier"].file_extension.lower() != "mp4":
            message = "Choisissez un fichier MP4."
            raise StructBlockValidationError(block_errors={"fichier": ValidationError(message)})
        return value

    class Meta:
        icon = "media"
        label = "Vidéo"
        template = "socle/blocks/video.html"
        value_class = VideoValue
        description = "Rien ne se charge avant un clic. La transcription se lit à côté."
        preview_value = {
            "titre": "Préparer un atelier à deux",
            "url": "https://video.exemple.test/atelier",
            "fichier": None,
            "duree": "3 minutes",
            "vignette": None,
            "transcription": "<p>Deux personnes préparent une salle…</p>",
        }
