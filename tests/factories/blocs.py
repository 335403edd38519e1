"""Stored form of each block, as the database keeps it: what a page field takes as JSON."""

from typing import Any
from uuid import uuid4

from socle.models import Fichier, Illustration

Bloc = dict[str, Any]


def liste(*values: Any) -> list[Bloc]:
    """A list as the editor stores it: each item has an id."""
    return [{"type": "item", "value": value, "id": str(uuid4())} for value in values]


def lien_riche(page_id: int, texte: str = "une autre page") -> str:
    return f'<p>Voir <a linktype="page" id="{page_id}">{texte}</a>.</p>'


def titre(texte: str, niveau: str = "h2") -> Bloc:
    return {"type": "titre", "value": {"texte": texte, "niveau": niveau}}


def texte(html: str = "<p>Un paragraphe.</p>") -> Bloc:
    return {"type": "texte", "value": html}


def encadre(html: str = "<p>Une astuce.</p>", genre: str = "astuce", titre: str = "") -> Bloc:
    return {"type": "encadre", "value": {"genre": genre, "titre": titre, "texte": html}}


def citation(texte: str = "Rien sans nous.", auteur: str = "Camille Exemple", role: str = "") -> Bloc:
    return {"type": "citation", "value": {"texte": texte, "auteur": auteur, "role": role}}


def etape(titre: str = "Inviter", html: str = "<p>Écrivez.</p>", duree: str = "") -> Bloc:
    return {"type": "etape", "value": {"titre": titre, "texte": html, "duree": duree}}


def etapes(*titres: str) -> Bloc:
    return {"type": "etapes", "value": liste(*(etape(titre)["value"] for titre in titres or ("Inviter",)))}


def tableau(*cellules: str, caption: str = "Qui fait quoi", type_colonne: str = "riche") -> Bloc:
    return {
        "type": "tableau",
        "value": {
            "caption": caption,
            "columns": [{"type": type_colonne, "heading": "Moment"}],
            "rows": [{"values": [cellule]} for cellule in cellules or ("<p>Avant</p>",)],
        },
    }


def questions(*paires: tuple[str, str]) -> Bloc:
    rows = paires or (("Faut-il une association ?", "<p>Non.</p>"),)
    values = ({"question": question, "reponse": reponse} for question, reponse in rows)
    return {"type": "questions", "value": liste(*values)}


def image(illustration: Illustration, alt: str = "Une réunion", legende: str = "", decorative: bool = False) -> Bloc:
    chosen = {"image": illustration.pk, "alt_text": alt, "decorative": decorative}
    return {"type": "image", "value": {"image": chosen, "legende": legende}}


def video(url: str = "https://video.exemple.test/a", fichier: Fichier | None = None, **value: Any) -> Bloc:
    base = {"titre": "Préparer un atelier", "duree": "", "vignette": None, "transcription": "<p>Deux personnes.</p>"}
    chosen = {"url": "" if fichier else url, "fichier": fichier.pk if fichier else None}
    return {"type": "video", "value": {**base, **chosen, **value}}


def document(fichier: Fichier, description: str = "") -> Bloc:
    return {"type": "document", "value": {"document": fichier.pk, "description": description}}


def lien(page_id: int | None = None, url: str = "", texte: str = "Un lien", description: str = "") -> Bloc:
    return {"type": "lien", "value": {"texte": texte, "page": page_id, "url": url, "description": description}}


def liens(*rows: Bloc, titre: str = "") -> Bloc:
    found = rows or (lien(url="https://exemple.org/"),)
    return {"type": "liens", "value": {"titre": titre, "liens": liste(*(row["value"] for row in found))}}


def pages(*page_ids: int, titre: str = "") -> Bloc:
    return {"type": "pages", "value": {"titre": titre, "pages": liste(*page_ids)}}


def exemple(titre: str = "Un premier comité", html: str = "<p>Trois mois.</p>") -> Bloc:
    return {"type": "exemple", "value": {"titre": titre, "structure": "Hôpital fictif des Tilleuls", "texte": html}}


def tous(illustration: Illustration, fichier: Fichier, page_id: int) -> list[Bloc]:
    """One block of every kind of the main text."""
    return [
        titre("Pour commencer"),
        texte(lien_riche(page_id)),
        encadre(),
        citation(role="usager partenaire"),
        etapes("Inviter", "Accueillir"),
        tableau(),
        questions(),
        image(illustration, legende="Un atelier"),
        video(),
        document(fichier, "À adapter"),
        liens(lien(page_id), lien(url="https://exemple.org/")),
        pages(page_id),
    ]


def lignes(*phrases: str, pictogramme: Illustration | None = None) -> Bloc:
    html = "".join(f"<p>{phrase}</p>" for phrase in phrases or ("Une phrase courte.",))
    return {"type": "lignes", "value": {"pictogramme": pictogramme and pictogramme.pk, "texte": html}}


def mot_explique(mot: str = "Usager", html: str = "<p>Une personne.</p>", image: Illustration | None = None) -> Bloc:
    return {"type": "mot_explique", "value": {"mot": mot, "pictogramme": image and image.pk, "explication": html}}


def question_falc(
    question: str = "Qui peut venir ?", html: str = "<p>Vous.</p>", image: Illustration | None = None
) -> Bloc:
    return {"type": "question", "value": {"question": question, "pictogramme": image and image.pk, "reponse": html}}


def etapes_falc(*titres: str, image: Illustration | None = None) -> Bloc:
    rows = ({"titre": titre, "pictogramme": image and image.pk, "texte": "<p>Écrivez.</p>"} for titre in titres)
    return {"type": "etapes", "value": liste(*rows)}


def tous_falc(illustration: Illustration, fichier: Fichier, page_id: int) -> list[Bloc]:
    """One block of every kind of the text in FALC."""
    return [
        titre("Pour commencer"),
        lignes("Vous êtes invité.", "Venez.", pictogramme=illustration),
        mot_explique(image=illustration),
        question_falc(image=illustration),
        encadre("<p>Appelez le 15.</p>", genre="attention"),
        etapes_falc("Inviter", "Accueillir", image=illustration),
        image(illustration, legende="Un atelier"),
        document(fichier, "À lire"),
        liens(lien(page_id), lien(url="https://exemple.org/")),
    ]
