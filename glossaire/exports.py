"""The files that the glossary is given as. Each process makes one again when what it says has changed."""

import csv
import datetime
from collections.abc import Iterator
from io import StringIO
from threading import Lock
from typing import Any

from django.conf import settings

from glossaire.adresses import absolue, uri_du_concept
from glossaire.ensemble import LICENCE
from glossaire.liaison import cle_de
from glossaire.queries.publics import ConceptPublic, TermePublic, concepts_publics, ligne_de
from glossaire.skos import ecrire, editeur, graphe
from glossaire.tableau import COLONNES, sans_formule
from socle.licences import URLS
from socle.memo import per_generation

# What a graph was last made from, and how it was written.
_ecrits: dict[str, tuple[Any, str]] = {}
_verrou = Lock()


@per_generation
def tous() -> tuple[ConceptPublic, ...]:
    """Every public concept."""
    return tuple(concepts_publics())


def oublier() -> None:
    """Forget the files, between tests."""
    _ecrits.clear()


def en_csv() -> str:
    """The public terms of every language as the table that the import takes."""
    file = StringIO(newline="")
    writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
    writer.writerow([colonne.nom for colonne in COLONNES])
    for concept in tous():
        for terme in concept.termes.values():
            cells = ligne_de(concept, terme)
            writer.writerow([sans_formule(cells.get(colonne.nom, "")) for colonne in COLONNES])
    return file.getvalue()


def en_skos(extension: str) -> str:
    """The whole glossary as linked data: `ttl` or `jsonld`."""
    # All that the file says: the words, who publishes them, and under which addresses.
    concepts = tous()
    source = (concepts, editeur(), absolue("/"))
    with _verrou:
        kept = _ecrits.get(extension)
        if kept is None or kept[0] != source:
            kept = _ecrits[extension] = (source, ecrire(graphe(concepts), extension))
        return kept[1]


def en_json(langue: str, q: str = "", depuis: datetime.date | None = None) -> dict[str, Any]:
    """The public terms of a language, those that match and have changed since."""
    termes = [
        _objet(concept, concept.termes[langue])
        for concept in tous()
        if langue in concept.termes and _correspond(concept.termes[langue], cle_de(q), depuis)
    ]
    publisher = editeur()
    return {
        "langue": langue,
        "licence": URLS[LICENCE],
        "editeur": publisher.nom,
        "nombre": len(termes),
        "termes": termes,
    }


def _correspond(terme: TermePublic, cle: str, depuis: datetime.date | None) -> bool:
    if depuis and (terme.modifie_le is None or terme.modifie_le < depuis):
        return False
    return not cle or any(cle in cle_de(texte) for texte in _textes(terme))


def _textes(terme: TermePublic) -> Iterator[str]:
    yield from (terme.titre, terme.sigle, terme.developpe, *terme.autres_noms, *terme.formes, terme.definition)


def _objet(concept: ConceptPublic, terme: TermePublic) -> dict[str, Any]:
    relations = concept.relations
    return {
        "identifiant": concept.identifiant,
        "concept": uri_du_concept(concept.identifiant),
        "url": terme.url,
        "terme": terme.titre,
        "sigle": terme.sigle,
        "developpe": terme.developpe,
        "autres_noms": list(terme.autres_noms),
        "formes": list(terme.formes),
        "nature": terme.nature,
        "genre": terme.genre,
        "definition": terme.definition,
        "exemple": "\n".join(terme.exemple),
        "associes": list(relations.get("associes", ())),
        "a_distinguer": list(relations.get("a_distinguer", ())),
        "plus_large": list(relations.get("plus_large", ())),
        "plus_etroit": list(relations.get("plus_etroit", ())),
        "langues": {code: autre.url for code, autre in concept.termes.items()},
        "modifie_le": terme.modifie_le and terme.modifie_le.isoformat(),
    }


def langue_preferee(acceptees: list[tuple[str, float]], disponibles: list[str]) -> str:
    """The language to show a concept in, among those that it exists in, for a reader who accepts these, best first.

    Easy-to-read French is a choice of the reader: nobody is led to it who has not asked for it by its own code, unless
    there is nothing else.
    """
    falc = settings.FALC_LANGUAGE_CODE
    ordinaires = [code for code in disponibles if code != falc]
    for code, qualite in acceptees:
        if qualite <= 0:
            continue
        if code == falc and falc in disponibles:
            return falc
        for wanted in (code, code.partition("-")[0]):
            if wanted in ordinaires:
                return wanted
    if settings.LANGUAGE_CODE in ordinaires:
        return str(settings.LANGUAGE_CODE)
    return (ordinaires or disponibles)[0]
