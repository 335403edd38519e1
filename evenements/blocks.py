"""Blocks of an event."""

from wagtail.blocks import CharBlock, RichTextBlock, StreamBlock, StructBlock

from socle.blocks import PagesBlock
from socle.blocks.textes import FEATURES_COURTES


class MomentBlock(StructBlock):
    heure = CharBlock(
        label="Heure",
        required=False,
        max_length=40,
        help_text="Comme elle se dit : 14 h, 14 h – 14 h 45, « Matin ».",
    )
    titre = CharBlock(label="Titre", max_length=160)
    texte = RichTextBlock(label="Texte", features=FEATURES_COURTES, required=False)

    class Meta:
        icon = "time"
        label = "Moment"
        template = "evenements/blocks/moment.html"
        description = "Une partie du programme : quand, quoi, avec qui."
        preview_value = {
            "heure": "14 h",
            "titre": "Accueil et tour de table",
            "texte": "<p>Chacun dit d’où il vient et ce qu’il attend de l’après-midi.</p>",
        }


class ProgrammeBlock(StreamBlock):
    """What happens, in order."""

    moment = MomentBlock()


class PagesLieesBlock(StreamBlock):
    """Pages of the site that go with the event."""

    pages = PagesBlock()
