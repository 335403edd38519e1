"""StreamField blocks for editors in health: small and flat, one module per family.

A block is a type of content, never layout; there is no raw HTML block.
"""

from wagtail.blocks import StreamBlock

from socle.blocks.liens import LienBlock, LiensBlock, PagesBlock
from socle.blocks.medias import DocumentBlock, ImageLegendeeBlock, VideoBlock
from socle.blocks.structure import EtapeBlock, EtapesBlock, QuestionsBlock, TableauBlock
from socle.blocks.textes import CitationBlock, EncadreBlock, TexteBlock, TitreBlock

__all__ = [
    "CitationBlock",
    "CorpsBlock",
    "DocumentBlock",
    "DocumentsBlock",
    "EncadreBlock",
    "EtapeBlock",
    "EtapesBlock",
    "ImageLegendeeBlock",
    "LiensBlock",
    "PagesBlock",
    "QuestionsBlock",
    "TableauBlock",
    "TexteBlock",
    "TitreBlock",
    "VideoBlock",
]


class CorpsBlock(StreamBlock):
    """The main text of a page."""

    titre = TitreBlock(group="Texte")
    texte = TexteBlock(group="Texte")
    encadre = EncadreBlock(group="Texte")
    citation = CitationBlock(group="Texte")
    etapes = EtapesBlock(group="Structure")
    tableau = TableauBlock(group="Structure")
    questions = QuestionsBlock(group="Structure")
    image = ImageLegendeeBlock(group="Médias")
    video = VideoBlock(group="Médias")
    document = DocumentBlock(group="Médias")
    liens = LiensBlock(group="Liens")
    pages = PagesBlock(group="Liens")


class DocumentsBlock(StreamBlock):
    """What a team can take and adapt: files and links."""

    document = DocumentBlock()
    lien = LienBlock(template="socle/blocks/lien.html")
