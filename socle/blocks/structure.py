"""Ordered content: steps, table, questions and answers."""

from typing import Any

from django.core.exceptions import ValidationError
from wagtail.blocks import CharBlock, ListBlock, RichTextBlock, StructBlock, TextBlock
from wagtail.contrib.typed_table_block.blocks import TypedTable, TypedTableBlock
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import StreamFieldSegmentExtractor
from wagtail_localize.segments.ingest import StreamFieldSegmentsWriter

from socle.blocks.textes import FEATURES, FEATURES_COURTES


class EtapeBlock(StructBlock):
    titre = CharBlock(label="Titre", max_length=140)
    texte = RichTextBlock(label="Texte", features=FEATURES)
    duree = CharBlock(label="Durée", required=False, max_length=60, help_text="Par exemple : 20 minutes.")

    class Meta:
        icon = "list-ol"
        label = "Étape"
        template = "socle/blocks/etape.html"
        description = "Une étape numérotée : ce que l’on fait, et le temps qu’il faut."
        preview_value = {
            "titre": "Dire à quoi sert la rencontre",
            "texte": "<p>Présentez l’objectif en une phrase et demandez à chacun ce qu’il en attend.</p>",
            "duree": "10 minutes",
        }


class EtapesBlock(ListBlock):
    def __init__(self, child_block: Any = None, **kwargs: Any) -> None:
        super().__init__(child_block or EtapeBlock(), **{"min_num": 1, **kwargs})

    class Meta:
        icon = "list-ol"
        label = "Étapes"
        template = "socle/blocks/etapes.html"
        description = "Une suite d’étapes numérotées."
        preview_value = [
            {"titre": "Inviter", "texte": "<p>Écrivez à chaque personne, en langage clair.</p>", "duree": "1 heure"},
            {"titre": "Accueillir", "texte": "<p>Ouvrez la salle un quart d’heure avant.</p>", "duree": ""},
        ]


class TableauBlock(TypedTableBlock):
    """A table whose caption and headers are required: a screen reader depends on them."""

    def __init__(self, local_blocks: Any = None, **kwargs: Any) -> None:
        columns = [
            ("texte", TextBlock(label="Texte", required=False, rows=2)),
            ("riche", RichTextBlock(label="Texte avec liens", required=False, features=FEATURES_COURTES)),
        ]
        super().__init__(local_blocks or columns, **kwargs)

    def clean(self, value: TypedTable) -> TypedTable:
        value = super().clean(value)
        if value.columns and not (value.caption or "").strip():
            raise ValidationError("Donnez un titre au tableau : il est lu avant son contenu.")
        if any(not (column["heading"] or "").strip() for column in value.columns):
            raise ValidationError("Donnez un en-tête à chaque colonne.")
        return value

    def get_translatable_segments(self, value: TypedTable) -> list[Any]:
        """Return the words to translate, each under a path of its own; wagtail-localize skips tables otherwise."""
        segments: list[Any] = [StringSegmentValue("legende", value.caption or "")]
        segments += [
            StringSegmentValue(f"entetes.{rank}", column["heading"] or "") for rank, column in enumerate(value.columns)
        ]
        extractor = StreamFieldSegmentExtractor(None)
        for row_rank, row in enumerate(value.row_data):
            for rank, (column, cell) in enumerate(zip(value.columns, row["values"], strict=True)):
                found = extractor.handle_block(column["block"], cell)
                segments += [segment.wrap(f"{row_rank}-{rank}").wrap("cellules") for segment in found]
        return segments

    def restore_translated_segments(self, value: TypedTable, segments: list[Any]) -> TypedTable:
        """Put the translated words back in their places."""
        cells: dict[str, list[Any]] = {}
        for segment in segments:
            part, inner = segment.unwrap()
            if part == "legende":
                value.caption = inner.render_text()
            elif part == "entetes":
                value.columns[int(inner.path)]["heading"] = inner.render_text()
            else:
                cell, content = inner.unwrap()
                cells.setdefault(cell, []).append(content)
        writer = StreamFieldSegmentsWriter(None, None, None)
        for cell, contents in cells.items():
            row_rank, rank = map(int, cell.split("-"))
            values = value.row_data[row_rank]["values"]
            values[rank] = writer.handle_block(value.columns[rank]["block"], values[rank], contents)
        return value

    class Meta:
        icon = "table"
        label = "Tableau"
        template = "socle/blocks/tableau.html"
        description = "Des données en lignes et en colonnes, avec un titre et des en-têtes."
        preview_value = {
            "caption": "Qui fait quoi",
            "columns": [
                {"type": "texte", "heading": "Moment"},
                {"type": "texte", "heading": "Usager partenaire"},
            ],
            "rows": [
                {"values": ["Avant", "Relit l’invitation"]},
                {"values": ["Pendant", "Ouvre la séance"]},
            ],
        }


class QuestionBlock(StructBlock):
    question = CharBlock(label="Question", max_length=200)
    reponse = RichTextBlock(label="Réponse", features=FEATURES)

    class Meta:
        icon = "help"
        label = "Question et réponse"


class QuestionsBlock(ListBlock):
    def __init__(self, child_block: Any = None, **kwargs: Any) -> None:
        super().__init__(child_block or QuestionBlock(), **{"min_num": 1, **kwargs})

    class Meta:
        icon = "help"
        label = "Questions et réponses"
        template = "socle/blocks/questions.html"
        description = "Des questions que l’on ouvre une à une."
        preview_value = [
            {
                "question": "Faut-il être membre d’une association ?",
                "reponse": "<p>Non. Votre expérience suffit pour commencer.</p>",
            }
        ]
