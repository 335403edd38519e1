"""Words: heading, paragraph, callout, quote."""

from django.db import models
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ChoiceBlock, RichTextBlock, StructBlock, StructValue, TextBlock

# No headings inside a paragraph: a heading is a block of its own, so that it enters the table of contents.
FEATURES = ["bold", "italic", "ul", "ol", "link", "document-link", "terme"]
# Short answers, table cells and captions.
FEATURES_COURTES = ["bold", "italic", "link", "document-link", "terme"]


class TitreValue(StructValue):
    """A heading; its anchor is made unique by the table of contents of the page."""

    @property
    def ancre(self) -> str:
        return getattr(self, "_ancre", "") or slugify(self["texte"], allow_unicode=True) or "partie"

    @ancre.setter
    def ancre(self, value: str) -> None:
        self._ancre = value


class TitreBlock(StructBlock):
    texte = CharBlock(label="Titre", max_length=120)
    niveau = ChoiceBlock(
        label="Niveau", choices=[("h2", "Grande partie"), ("h3", "Sous-partie")], default="h2", search_index=False
    )

    class Meta:
        icon = "title"
        label = "Titre"
        template = "socle/blocks/titre.html"
        value_class = TitreValue
        description = "Ouvre une partie du texte. Les titres forment le sommaire de la page."
        preview_value = {"texte": "Préparer la première rencontre", "niveau": "h2"}


class TexteBlock(RichTextBlock):
    def __init__(self, **kwargs: object) -> None:
        super().__init__(**{"features": FEATURES, **kwargs})

    class Meta:
        icon = "pilcrow"
        label = "Texte"
        template = "socle/blocks/texte.html"
        description = "Un ou plusieurs paragraphes, avec des listes et des liens."
        preview_value = (
            "<p>Le partenariat commence <b>avant</b> la première réunion : invitez les usagers partenaires "
            "à définir le problème avec vous.</p><ul><li>un objectif commun</li><li>un calendrier réaliste</li></ul>"
        )


class Genre(models.TextChoices):
    """What a callout is about; its name is read before its text."""

    INFO = "info", _("À savoir")
    ATTENTION = "attention", _("Attention")
    ASTUCE = "astuce", _("Astuce")


class EncadreValue(StructValue):
    @property
    def nom_genre(self) -> str:
        return str(Genre(self["genre"]).label)


class EncadreBlock(StructBlock):
    # French in the admin; readers get `nom_genre` in their own language.
    genre = ChoiceBlock(
        label="Genre",
        choices=[("info", "À savoir"), ("attention", "Attention"), ("astuce", "Astuce")],
        default="info",
        search_index=False,
    )
    titre = CharBlock(label="Titre", required=False, max_length=120)
    texte = RichTextBlock(label="Texte", features=FEATURES)

    class Meta:
        icon = "info-circle"
        label = "Encadré"
        template = "socle/blocks/encadre.html"
        value_class = EncadreValue
        description = "Met en avant une information, une mise en garde ou une astuce."
        preview_value = {
            "genre": "astuce",
            "titre": "Une phrase pour ouvrir la réunion",
            "texte": "<p>« Ici, chaque expérience compte autant que chaque diplôme. »</p>",
        }


class CitationBlock(StructBlock):
    texte = TextBlock(label="Citation", rows=3)
    auteur = CharBlock(label="Auteur", required=False, max_length=120)
    role = CharBlock(
        label="Rôle", required=False, max_length=160, help_text="Par exemple : usager partenaire, cadre de santé."
    )

    class Meta:
        icon = "openquote"
        label = "Citation"
        template = "socle/blocks/citation.html"
        description = "Les mots d’une personne, avec son rôle."
        preview_value = {
            "texte": "On m’a demandé mon avis avant d’écrire le projet, pas après.",
            "auteur": "Camille Exemple",
            "role": "usager partenaire",
        }
