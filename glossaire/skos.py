"""The glossary as linked data: SKOS, in Turtle and JSON-LD.

The shape is decided in docs/decisions/0029. Only public terms are given: what is built here is written as it is.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import DC, DCTERMS, FOAF, OWL, RDF, RDFS, SKOS, XSD

from glossaire.adresses import absolue, uri_du_concept, uri_du_schema
from glossaire.ensemble import LICENCE
from glossaire.queries.publics import ConceptPublic, TermePublic, glossaires_publics
from socle.frame import frame
from socle.licences import URLS
from socle.models import ReglagesSite

TURTLE, JSON_LD = "text/turtle", "application/ld+json"
FORMATS = {"ttl": TURTLE, "jsonld": JSON_LD}
PREFIXES = {
    "skos": str(SKOS),
    "dcterms": str(DCTERMS),
    "dc": str(DC),
    "foaf": str(FOAF),
    "owl": str(OWL),
    "rdfs": str(RDFS),
    "xsd": str(XSD),
}


@dataclass(frozen=True)
class Editeur:
    """Who publishes the glossary."""

    nom: str
    url: str


def editeur() -> Editeur:
    """The site, as its owners call it."""
    sites = frame().sites
    default = next((site for site in sites if site.is_default_site), None)
    reglages: Any = getattr(default, "reglagessite", None) or ReglagesSite()
    return Editeur(" – ".join(filter(None, (reglages.nom, reglages.sous_titre))), absolue("/"))


def graphe(concepts: Iterable[ConceptPublic], *, entier: bool = True) -> Graph:
    """The graph of these concepts; `entier` where they are the whole glossary, which then describes itself."""
    found = Graph(bind_namespaces="none")
    schema = URIRef(uri_du_schema())
    propre = Namespace(f"{schema}#")
    for prefix, namespace in PREFIXES.items():
        found.bind(prefix, namespace)
    found.bind("glossaire", propre)
    concepts = list(concepts)
    if entier:
        _schema(found, schema, concepts)
        _propriete(found, propre)
    for concept in concepts:
        _concept(found, schema, propre, concept)
    return found


def _schema(found: Graph, schema: URIRef, concepts: list[ConceptPublic]) -> None:
    found.add((schema, RDF.type, SKOS.ConceptScheme))
    for langue, (titre, chemin) in glossaires_publics().items():
        found.add((schema, DCTERMS.title, Literal(titre, lang=langue)))
        found.add((schema, FOAF.page, URIRef(absolue(chemin))))
    found.add((schema, DCTERMS.license, URIRef(URLS[LICENCE])))
    publisher = editeur()
    agent = URIRef(publisher.url)
    found.add((schema, DCTERMS.publisher, agent))
    found.add((agent, RDF.type, FOAF.Agent))
    found.add((agent, FOAF.name, Literal(publisher.nom, lang=settings.LANGUAGE_CODE)))
    if dates := [concept.modifie_le for concept in concepts if concept.modifie_le]:
        found.add((schema, DCTERMS.modified, Literal(max(dates))))


def _propriete(found: Graph, propre: Namespace) -> None:
    """Two concepts that readers mix up: said of both, and of no hierarchy."""
    found.add((propre.aDistinguer, RDF.type, OWL.ObjectProperty))
    found.add((propre.aDistinguer, RDF.type, OWL.SymmetricProperty))
    found.add((propre.aDistinguer, RDFS.subPropertyOf, SKOS.semanticRelation))
    found.add((propre.aDistinguer, RDFS.label, Literal("à ne pas confondre avec", lang="fr")))
    found.add((propre.aDistinguer, RDFS.label, Literal("not to be confused with", lang="en")))


def _concept(found: Graph, schema: URIRef, propre: Namespace, concept: ConceptPublic) -> None:
    uri = URIRef(uri_du_concept(concept.identifiant))
    found.add((uri, RDF.type, SKOS.Concept))
    found.add((uri, SKOS.inScheme, schema))
    found.add((uri, DCTERMS.identifier, Literal(concept.identifiant)))
    if concept.modifie_le:
        found.add((uri, DCTERMS.modified, Literal(concept.modifie_le)))
    for terme in concept.termes.values():
        _terme(found, uri, terme)
    for source in concept.sources:
        if source["url"]:
            found.add((uri, DCTERMS.source, URIRef(source["url"])))
        parts = (source["auteur"], source["titre"], source["annee"])
        found.add((uri, DC.source, Literal(", ".join(str(part) for part in parts if part))))
    _relations(found, schema, propre, uri, concept)


def _relations(found: Graph, schema: URIRef, propre: Namespace, uri: URIRef, concept: ConceptPublic) -> None:
    proprietes = {
        "associes": SKOS.related,
        "a_distinguer": propre.aDistinguer,
        "plus_large": SKOS.broader,
        "plus_etroit": SKOS.narrower,
    }
    for nom, propriete in proprietes.items():
        for autre in concept.relations.get(nom, ()):
            found.add((uri, propriete, URIRef(uri_du_concept(autre))))
    if not concept.relations.get("plus_large"):
        found.add((uri, SKOS.topConceptOf, schema))
        found.add((schema, SKOS.hasTopConcept, uri))


def _terme(found: Graph, uri: URIRef, terme: TermePublic) -> None:
    langue = terme.langue
    # One label each (S13): a name that two fields give is the better of the two.
    labels = (
        (SKOS.prefLabel, (terme.titre,)),
        (SKOS.altLabel, (*terme.autres_noms, terme.developpe, terme.sigle)),
        (SKOS.hiddenLabel, terme.formes),
    )
    seen: set[str] = set()
    for propriete, textes in labels:
        for texte in textes:
            if texte and texte not in seen:
                seen.add(texte)
                found.add((uri, propriete, Literal(texte, lang=langue)))
    notes = (
        (SKOS.definition, terme.definition),
        (SKOS.scopeNote, "\n".join(terme.explication)),
        (SKOS.example, "\n".join(terme.exemple)),
    )
    for propriete, texte in notes:
        if texte:
            found.add((uri, propriete, Literal(texte, lang=langue)))
    found.add((uri, FOAF.page, URIRef(terme.url)))


def ecrire(found: Graph, extension: str) -> str:
    """The graph as a file: `ttl` or `jsonld`, whose context is written inside."""
    if extension == "ttl":
        return found.serialize(format="turtle")
    context = PREFIXES | {"glossaire": f"{uri_du_schema()}#"}
    written = found.serialize(format="json-ld", context=context, indent=None)
    return json.dumps(json.loads(written), ensure_ascii=False, separators=(",", ":"))
