"""Blocks of a resource."""

from wagtail.blocks import CharBlock, RichTextBlock, StreamBlock, StructBlock

from socle.blocks import EtapeBlock
from socle.blocks.textes import FEATURES


class EtapesFicheBlock(StreamBlock):
    """The numbered steps."""

    etape = EtapeBlock()


class ExempleBlock(StructBlock):
    titre = CharBlock(label="Titre", max_length=140)
    structure = CharBlock(label="Structure", required=False, max_length=160)
    texte = RichTextBlock(label="Texte", features=FEATURES)

    class Meta:
        icon = "clipboard-list"
        label = "Exemple"
        template = "fiches/blocks/exemple.html"
        description = "Une équipe l’a fait : où, comment, ce que cela a changé."
        preview_value = {
            "titre": "Un premier comité en trois mois",
            "structure": "Hôpital fictif des Tilleuls",
            "texte": "<p>L’équipe a commencé avec quatre personnes et une seule question.</p>",
        }


class ExemplesBlock(StreamBlock):
    exemple = ExempleBlock()
