"""The terms of the demonstration glossary, from the YAML of each language."""

import json
from typing import Any

from django.conf import settings

from glossaire.models import Concept, Relation, TermePage
from home.demo import sources
from home.demo.blocs import Convertisseur, stored
from home.demo.sources import Data

GENRES = {
    "associes": Relation.Genre.ASSOCIE,
    "a_distinguer": Relation.Genre.A_DISTINGUER,
    "plus_large": Relation.Genre.PLUS_LARGE,
}
VOCABULAIRES = ("thematiques", "natures", "contextes", "publics")


def termes(langue: str) -> dict[str, Data]:
    """Return the terms of a language by identifier; a translation has the sources of the French term."""
    francais = sources.glossaire(settings.LANGUAGE_CODE).get("termes", {})
    return {
        identifiant: {"sources": francais[identifiant].get("sources") or (), **data}
        for identifiant, data in sources.glossaire(langue).get("termes", {}).items()
    }


def brouillon(identifiant: str, data: Data) -> TermePage:
    """Return a term that has its names and its definition, not saved yet."""
    return TermePage(title=data["titre"], slug=identifiant, **champs_propres(data))


def champs_propres(data: Data) -> dict[str, Any]:
    """What each language says of a term in its own words."""
    return {
        "definition": data["definition"].strip(),
        "sigle": data.get("sigle") or "",
        "developpe": data.get("developpe") or "",
        "autres_noms": "\n".join(data.get("autres_noms") or ()),
        "formes": "\n".join(data.get("formes") or ()),
        "nature_grammaticale": data.get("nature") or "",
        "genre_grammatical": data.get("genre") or "",
    }


def remplir(convertir: Convertisseur, page: TermePage, data: Data) -> None:
    """Give a term the rest of its text."""
    for name, value in champs_propres(data).items():
        setattr(page, name, value)
    page.explication = json.dumps(convertir.corps(data.get("explication")))
    exemple: str = data.get("exemple") or ""
    page.exemple = f"<p>{exemple.strip()}</p>" if exemple else ""
    page.relier = data.get("relier", True)
    page.sources = json.dumps([stored("source", _source(row)) for row in data.get("sources") or ()])
    if dessin := data.get("pictogramme"):
        page.pictogramme = convertir.pictogrammes.get(dessin)
    for name in VOCABULAIRES:
        model = TermePage._meta.get_field(name).related_model
        terms = model.objects.filter(locale=page.locale, slug__in=data.get(name) or ())  # type: ignore[union-attr]
        setattr(page, name, terms)


def _source(row: Data) -> Data:
    return {"auteur": "", "annee": None, "url": "", **row}


def relier() -> None:
    """Say how the concepts of the French glossary stand to each other, where nobody has said anything of them."""
    francais = termes(settings.LANGUAGE_CODE)
    concepts = {concept.identifiant: concept for concept in Concept.objects.filter(identifiant__in=francais)}
    if Relation.objects.filter(de__in=concepts.values()).exists():
        return
    for identifiant, data in francais.items():
        for name, others in (data.get("relations") or {}).items():
            for other in others:
                if identifiant in concepts and other in concepts:
                    _relier(concepts[identifiant], GENRES[name], concepts[other])


def _relier(de: Concept, genre: str, vers: Concept) -> None:
    if genre in Relation.SYMETRIQUES and de.pk > vers.pk:
        de, vers = vers, de
    Relation.objects.create(de=de, vers=vers, genre=genre)
