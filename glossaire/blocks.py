"""Blocks of a term."""

from wagtail.blocks import CharBlock, IntegerBlock, StreamBlock, StructBlock, URLBlock

from socle.blocks import (
    CitationBlock,
    EncadreBlock,
    ImageLegendeeBlock,
    LiensBlock,
    QuestionsBlock,
    TableauBlock,
    TexteBlock,
    TitreBlock,
)


class ExplicationBlock(StreamBlock):
    """What the definition leaves unsaid."""

    texte = TexteBlock(group="Texte")
    titre = TitreBlock(group="Texte")
    encadre = EncadreBlock(group="Texte")
    citation = CitationBlock(group="Texte")
    tableau = TableauBlock(group="Structure")
    questions = QuestionsBlock(group="Structure")
    image = ImageLegendeeBlock(group="Médias")
    liens = LiensBlock(group="Liens")


class SourceBlock(StructBlock):
    titre = CharBlock(
        label="Titre", max_length=200, help_text="Le texte, le guide ou la page d’où vient l’information."
    )
    auteur = CharBlock(
        label="Auteur", required=False, max_length=160, help_text="Par exemple : Haute Autorité de santé."
    )
    annee = IntegerBlock(label="Année", required=False, min_value=1800, max_value=2100)
    url = URLBlock(label="Adresse", required=False, max_length=500)

    class Meta:
        icon = "doc-full-inverse"
        label = "Source"
        template = "glossaire/blocks/source.html"
        description = "D’où vient la définition, avec un lien quand il existe."
        preview_value = {
            "titre": "Code de la santé publique, article L. 1161-1",
            "auteur": "Légifrance",
            "annee": 2009,
            "url": "https://www.legifrance.gouv.fr/",
        }


class SourcesBlock(StreamBlock):
    source = SourceBlock()
