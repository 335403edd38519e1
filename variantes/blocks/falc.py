"""The text of a page in FALC: lines, words explained, steps, each with its drawing.

Flat, like the main text of other pages. What the European rules refuse has no button: no italics, no underline, no
tables, no footnotes.
"""

from wagtail.blocks import CharBlock, ListBlock, RichTextBlock, StreamBlock, StructBlock

from socle.blocks import DocumentBlock, EncadreBlock, ImageLegendeeBlock, LiensBlock, TitreBlock
from variantes.blocks.pictogrammes import PictogrammeChooserBlock

# Bold for what matters, lists instead of commas, links. Each paragraph and each item is one line.
FEATURES_FALC = ["bold", "ul", "link"]
# An explanation is read in one go: it leads nowhere else.
FEATURES_MOT = ["bold"]


class LignesBlock(StructBlock):
    pictogramme = PictogrammeChooserBlock(label="Pictogramme", required=False, help_text="Une image pour cette idée.")
    texte = RichTextBlock(
        label="Lignes",
        features=FEATURES_FALC,
        help_text="Une phrase courte par ligne. Appuyez sur Entrée après chaque phrase.",
    )

    class Meta:
        icon = "pilcrow"
        label = "Lignes"
        template = "variantes/blocks/lignes.html"
        description = "Une idée : quelques phrases courtes, une par ligne, et leur image."
        preview_value = {
            "pictogramme": None,
            "texte": "<p>Vous êtes invité à une réunion.</p><p>Vous pouvez venir avec <b>un proche</b>.</p>",
        }


class MotExpliqueBlock(StructBlock):
    mot = CharBlock(label="Mot", max_length=80, help_text="Le mot difficile, comme on le lit dans le texte.")
    pictogramme = PictogrammeChooserBlock(label="Pictogramme", required=False)
    explication = RichTextBlock(
        label="Explication", features=FEATURES_MOT, help_text="Une ou deux phrases courtes, une par ligne."
    )

    class Meta:
        icon = "openquote"
        label = "Mot expliqué"
        template = "variantes/blocks/mot_explique.html"
        description = "Un mot difficile et ce qu’il veut dire, juste après les lignes où on le lit."
        preview_value = {
            "mot": "Usager partenaire",
            "pictogramme": None,
            "explication": "<p>Une personne malade qui travaille avec les soignants.</p>",
        }


class QuestionFalcBlock(StructBlock):
    question = CharBlock(label="Question", max_length=140, help_text="La question que le lecteur se pose.")
    pictogramme = PictogrammeChooserBlock(label="Pictogramme", required=False)
    reponse = RichTextBlock(label="Réponse", features=FEATURES_FALC, help_text="Courte. Une phrase par ligne.")

    class Meta:
        icon = "help"
        label = "Question et réponse"
        template = "variantes/blocks/question.html"
        description = "Une question et sa réponse courte, toujours ouverte : rien n’est caché."
        preview_value = {
            "question": "Qui peut venir ?",
            "pictogramme": None,
            "reponse": "<p>Tout le monde peut venir.</p><p>C’est gratuit.</p>",
        }


class EtapeFalcBlock(StructBlock):
    titre = CharBlock(label="Titre", max_length=100, help_text="Ce que l’on fait. Commencez par un verbe.")
    pictogramme = PictogrammeChooserBlock(label="Pictogramme", required=False)
    texte = RichTextBlock(
        label="Lignes", features=FEATURES_FALC, required=False, help_text="Une phrase courte par ligne."
    )

    class Meta:
        icon = "list-ol"
        label = "Étape"


class EtapesFalcBlock(ListBlock):
    def __init__(self, child_block: object = None, **kwargs: object) -> None:
        super().__init__(child_block or EtapeFalcBlock(), **{"min_num": 1, **kwargs})

    class Meta:
        icon = "list-ol"
        label = "Étapes"
        template = "variantes/blocks/etapes.html"
        description = "Ce que l’on fait, dans l’ordre, avec une image par étape. Le site les numérote."
        preview_value = [
            {"titre": "Choisissez une date", "pictogramme": None, "texte": "<p>Demandez l’avis de chacun.</p>"},
            {"titre": "Invitez", "pictogramme": None, "texte": "<p>Écrivez une lettre courte.</p>"},
        ]


class EncadreFalcBlock(EncadreBlock):
    texte = RichTextBlock(label="Lignes", features=FEATURES_FALC, help_text="Une phrase courte par ligne.")

    class Meta:
        description = "Met en avant une information, une mise en garde ou une astuce, en quelques lignes."
        preview_value = {
            "genre": "attention",
            "titre": "C’est une urgence ?",
            "texte": "<p>Appelez le 15.</p>",
        }


class TexteFalcBlock(StreamBlock):
    """The text of a page in FALC."""

    titre = TitreBlock(group="Texte")
    lignes = LignesBlock(group="Texte")
    mot_explique = MotExpliqueBlock(group="Texte")
    question = QuestionFalcBlock(group="Texte")
    encadre = EncadreFalcBlock(group="Texte")
    etapes = EtapesFalcBlock(group="Structure")
    image = ImageLegendeeBlock(group="Médias")
    document = DocumentBlock(group="Médias")
    liens = LiensBlock(group="Liens")
