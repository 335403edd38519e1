"""Terms to export and to import."""

from typing import Any

from glossaire.models import Concept, Relation, TermePage
from tests.factories import TermePageFactory


def mot(identifiant: str, langue: str = "fr", **fields: Any) -> TermePage:
    """A public term whose concept has that identifier."""
    source = TermePage.objects.filter(
        translation_key__in=Concept.objects.filter(identifiant=identifiant).values("cle")
    ).first()
    fields = {"title": f"Le mot {identifiant} ({langue})", "slug": identifiant} | fields
    terme: TermePage = TermePageFactory(langue=langue, version_de=source, **fields)
    return terme


def relier(de: str, genre: str, vers: str) -> Relation:
    """Say how two concepts stand to each other."""
    relation = Relation(de=Concept.objects.get(identifiant=de), vers=Concept.objects.get(identifiant=vers), genre=genre)
    relation.clean()
    relation.save()
    return relation


def riche(*textes: str) -> list[dict[str, Any]]:
    """An explanation of plain paragraphs."""
    return [{"type": "texte", "value": "".join(f"<p>{texte}</p>" for texte in textes)}]


def source(titre: str, **fields: Any) -> dict[str, Any]:
    return {"type": "source", "value": {"titre": titre, "auteur": "", "annee": None, "url": "", **fields}}
