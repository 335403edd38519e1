"""Turns the blocks of the YAML files into the stored form of StreamFields and rich text."""

import re
from collections.abc import Callable, Iterable
from typing import Any
from uuid import uuid4

from home.demo.sources import Data
from socle.models import Fichier, Illustration

_INTERNAL = re.compile(r'href="((?:fiche|page|mot):[a-z0-9-]+)"')

# Maps "fiche:slug", "page:slug" or "mot:identifiant" to a page id
PageId = Callable[[str], int]


def stored(kind: str, value: Any) -> Data:
    """One block as the editor stores it: translators get its words by its id."""
    return {"type": kind, "value": value, "id": str(uuid4())}


def _items(values: Iterable[Any]) -> list[Data]:
    return [stored("item", value) for value in values]


def lignes(texte: str) -> str:
    """Lines of a text in easy French as rich text: one paragraph a line, one item where it begins with a dash."""
    html: list[str] = []
    in_list = False
    for line in filter(None, map(str.strip, texte.splitlines())):
        is_item = line.startswith("- ")
        if is_item != in_list:
            html.append("<ul>" if is_item else "</ul>")
            in_list = is_item
        html.append(f"<li>{line[2:]}</li>" if is_item else f"<p>{line}</p>")
    return "".join(html) + ("</ul>" if in_list else "")


class Convertisseur:
    """Knows the pages, drawings and documents that the texts refer to."""

    def __init__(
        self,
        page_id: PageId,
        dessins: dict[str, Illustration],
        documents: dict[str, Fichier],
        pictogrammes: dict[str, Illustration | None],
    ) -> None:
        self.page_id = page_id
        self.dessins = dessins
        self.documents = documents
        self.pictogrammes = pictogrammes

    def riche(self, html: str | None) -> str:
        """Rich text with its internal links."""
        return _INTERNAL.sub(lambda match: f'linktype="page" id="{self.page_id(match[1])}"', html or "")

    def cible(self, data: Data) -> Data:
        """The page or address of a link."""
        target = data.get("page") or data.get("url") or ""
        if target.startswith(("fiche:", "page:", "mot:")):
            return {"page": self.page_id(target), "url": ""}
        return {"page": None, "url": target}

    def lien(self, data: Data) -> Data:
        return {"texte": data["texte"], "description": data.get("description", ""), **self.cible(data)}

    def etape(self, data: Data) -> Data:
        return {"titre": data["titre"], "duree": data.get("duree", ""), "texte": self.riche(data["texte"])}

    def exemple(self, data: Data) -> Data:
        return {"titre": data["titre"], "structure": data.get("structure", ""), "texte": self.riche(data["texte"])}

    def document(self, data: Data) -> Data:
        return {"document": self.documents[data["document"]].pk, "description": data.get("description", "")}

    def documents_a_reutiliser(self, rows: list[Data]) -> list[Data]:
        return [
            stored("lien", self.lien(row["lien"])) if "lien" in row else stored("document", self.document(row))
            for row in rows
        ]

    def entree(self, data: Data) -> Data:
        return {
            "titre": data["titre"],
            "texte": data["texte"],
            "pictogramme": data["pictogramme"],
            **self.cible(data),
        }

    def tableau(self, data: Data) -> Data:
        lignes = data["lignes"]
        rich = [any("<" in str(ligne[rank]) for ligne in lignes) for rank in range(len(data["entetes"]))]
        columns = [
            {"type": "riche" if is_rich else "texte", "heading": entete}
            for entete, is_rich in zip(data["entetes"], rich, strict=True)
        ]
        rows = [
            {
                "values": [
                    self.riche(str(cell)) if is_rich else str(cell) for cell, is_rich in zip(ligne, rich, strict=True)
                ]
            }
            for ligne in lignes
        ]
        return {"caption": data["legende"], "columns": columns, "rows": rows}

    def image(self, data: Data) -> Data:
        alt = data.get("alt", "")
        return {
            "image": {"image": self.dessins[data["dessin"]].pk, "decorative": not alt, "alt_text": alt},
            "legende": data.get("legende", ""),
        }

    def video(self, data: Data) -> Data:
        return {
            "titre": data["titre"],
            "url": data["url"],
            "fichier": None,
            "duree": data.get("duree", ""),
            "vignette": None,
            "transcription": self.riche(data["transcription"]),
        }

    def bloc(self, kind: str, value: Any) -> Any:
        """The stored value of one block of the main text."""
        match kind:
            case "texte":
                return self.riche(value)
            case "encadre":
                return {**value, "titre": value.get("titre", ""), "texte": self.riche(value["texte"])}
            case "citation":
                return {"auteur": "", "role": "", **value}
            case "titre":
                return value
            case "etapes":
                return _items(self.etape(row) for row in value)
            case "questions":
                return _items({"question": row["question"], "reponse": self.riche(row["reponse"])} for row in value)
            case "liens":
                return {"titre": value.get("titre", ""), "liens": _items(map(self.lien, value["liens"]))}
            case "pages":
                ids = (self.page_id(target) for target in value["pages"])
                return {"titre": value.get("titre", ""), "pages": _items(ids)}
            case "image" | "video" | "tableau" | "document":
                return getattr(self, kind)(value)
        raise ValueError(f"Unknown block: {kind}")

    def corps(self, rows: list[Data] | None) -> list[Data]:
        """The stored main text: rows are one-entry mappings, block name to value."""
        return [stored(kind, self.bloc(kind, value)) for row in rows or [] for kind, value in row.items()]

    # --- Easy-to-read French ---

    def bloc_falc(self, kind: str, value: Any) -> Any:
        """The stored value of one block of a text in FALC."""
        match kind:
            case "lignes":
                return {"pictogramme": self.pictogramme(value), "texte": self.lignes(value["texte"])}
            case "mot_explique":
                explication = self.lignes(value["explication"])
                return {"mot": value["mot"], "pictogramme": self.pictogramme(value), "explication": explication}
            case "question":
                reponse = self.lignes(value["reponse"])
                return {"question": value["question"], "pictogramme": self.pictogramme(value), "reponse": reponse}
            case "etapes":
                return _items(
                    {"titre": row["titre"], "pictogramme": self.pictogramme(row), "texte": self.lignes(row["texte"])}
                    for row in value
                )
            case "encadre":
                return {**value, "texte": self.lignes(value["texte"])}
        return self.bloc(kind, value)

    def lignes(self, texte: str) -> str:
        return self.riche(lignes(texte))

    def pictogramme(self, data: Data) -> int | None:
        """The drawing beside an idea, by its concept."""
        image = self.pictogrammes[data["pictogramme"]]
        return image.pk if image else None

    def texte_falc(self, rows: list[Data]) -> list[Data]:
        """The stored text in FALC, written like the main text."""
        return [stored(kind, self.bloc_falc(kind, value)) for row in rows for kind, value in row.items()]
