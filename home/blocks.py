"""Blocks of the home page."""

from typing import Any

from wagtail.blocks import CharBlock, ChoiceBlock, StreamBlock

from socle.blocks.liens import CibleBlock

PICTOGRAMMES = [
    ("ecouter", "Écouter"),
    ("construire", "Construire"),
    ("animer", "Animer"),
    ("payer", "Payer"),
    ("evaluer", "Évaluer"),
    ("accueillir", "Accueillir"),
    ("comprendre", "Comprendre"),
    ("rencontrer", "Rencontrer"),
    ("emprunter", "Emprunter"),
    ("contacter", "Contacter"),
]


class EntreeBlock(CibleBlock):
    titre = CharBlock(label="Besoin", max_length=90, help_text="À la première personne : « Je débute un projet ».")
    texte = CharBlock(label="Phrase", max_length=220)
    pictogramme = ChoiceBlock(label="Pictogramme", choices=PICTOGRAMMES, default="comprendre", search_index=False)

    class Meta:
        icon = "pick"
        label = "Entrée par besoin"
        template = "home/blocks/entree.html"
        description = "Un besoin d’un lecteur, et la page qui y répond."
        preview_value = {
            "titre": "Je débute un projet",
            "texte": "Associer des usagers dès la première idée.",
            "pictogramme": "construire",
            "page": None,
            "url": "/fr/fiches/",
        }

    def render(self, value: Any, context: Any = None) -> Any:
        """Nothing where the page is not public: an entry that leads nowhere helps nobody."""
        return super().render(value, context) if value.href else ""


class EntreesBlock(StreamBlock):
    entree = EntreeBlock()
