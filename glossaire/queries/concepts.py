"""The concepts as the team knows them: by the words that name them, and by what stands around them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, JSONObject

from glossaire.liaison import cle_de
from glossaire.models import Concept, NomDeTerme, Relation, TermePage

FRANCAIS_D_ABORD = Case(When(locale__language_code=settings.LANGUAGE_CODE, then=Value(0)), default=Value(1))
# The four sides of a concept, as its screen names them: the kind of relation, and whether it is where it starts.
COTES = {
    "voisins": (Relation.Genre.ASSOCIE, None),
    "a_distinguer": (Relation.Genre.A_DISTINGUER, None),
    "plus_larges": (Relation.Genre.PLUS_LARGE, True),
    "plus_precis": (Relation.Genre.PLUS_LARGE, False),
}
NOMS_DES_COTES = {
    "voisins": "Mots voisins",
    "a_distinguer": "À ne pas confondre avec",
    "plus_larges": "Mots plus larges",
    "plus_precis": "Mots plus précis",
}


def pour_liste() -> QuerySet[Concept]:
    """The concepts in the order of the dictionary, each with its terms in every language, in one query."""
    termes = TermePage.objects.filter(translation_key=OuterRef("cle"))
    ordre = termes.order_by(FRANCAIS_D_ABORD, "pk")
    chaque = termes.order_by(FRANCAIS_D_ABORD, "locale__language_code").values(
        terme=JSONObject(pk="pk", titre="title", langue="locale__language_code", public="live")
    )
    return Concept.objects.annotate(
        tri=Coalesce(Subquery(ordre.values("titre_tri")[:1]), F("identifiant")), termes=ArraySubquery(chaque)
    ).order_by("tri", "pk")


def cherches(concepts: QuerySet[Concept], texte: str) -> QuerySet[Concept]:
    """Keep those that have these words in a name of one of their terms, or in their identifier."""
    cle = cle_de(texte)
    if not cle:
        return concepts
    named = NomDeTerme.objects.filter(cle__contains=cle).values("page__translation_key")
    return concepts.filter(Q(cle__in=named) | Q(identifiant__icontains=texte.strip()))


def concept_du(page: TermePage) -> Concept | None:
    """Return the concept that a term names."""
    found: Concept | None = Concept.objects.filter(cle=page.translation_key).first()
    return found


def titres(concepts: Iterable[Concept], langue: str = settings.LANGUAGE_CODE) -> dict[int, str]:
    """Name concepts by their term in a language, else in French, else in any, else by their identifier."""
    concepts = list(concepts)
    ordre = Case(When(locale__language_code=langue, then=Value(-1)), default=FRANCAIS_D_ABORD)
    rows = TermePage.objects.du_concept(*(each.cle for each in concepts)).order_by(ordre, "pk")
    found: dict[Any, str] = {}
    for cle, titre in rows.values_list("translation_key", "title"):
        found.setdefault(cle, titre)
    return {each.pk: found.get(each.cle, each.identifiant) for each in concepts}


@dataclass
class Voisinage:
    """What stands around a concept, side by side, in the order of the dictionary."""

    concepts: dict[str, list[Concept]] = field(default_factory=lambda: {cote: [] for cote in COTES})

    def tous(self) -> list[Concept]:
        return [each for side in self.concepts.values() for each in side]


def voisinage(concept: Concept) -> Voisinage:
    """Return what a concept is related to, seen from its side, in one query."""
    found = Voisinage()
    rows = Relation.objects.filter(Q(de=concept) | Q(vers=concept)).select_related("de", "vers")
    for row in rows.order_by("pk"):
        starts = row.de_id == concept.pk
        for cote, (genre, sens) in COTES.items():
            if row.genre == genre and sens in (None, starts):
                found.concepts[cote].append(row.vers if starts else row.de)
    return found


def nommes(textes: Iterable[str]) -> dict[str, set[int]]:
    """Return for each text the concepts that it names: by an identifier, a name in French, or one in any language."""
    cles = {texte: cle_de(texte) for texte in textes}
    rows = NomDeTerme.objects.filter(cle__in=set(cles.values())).exclude(genre=NomDeTerme.Genre.FORME)
    french = Q(locale__language_code=settings.LANGUAGE_CODE)
    # Public French terms first, then French drafts, then the other languages: the first that have the name have it.
    rank = Case(When(french & Q(public=True), then=Value(0)), When(french, then=Value(1)), default=Value(2))
    named: dict[str, dict[int, set[Any]]] = {}
    for row in rows.annotate(rang=rank).values("cle", "rang", "page__translation_key"):
        named.setdefault(row["cle"], {}).setdefault(row["rang"], set()).add(row["page__translation_key"])
    keys = {cle: ranks[min(ranks)] for cle, ranks in named.items()}
    by_key = dict(Concept.objects.filter(cle__in=set().union(*keys.values())).values_list("cle", "pk"))
    by_name = dict(Concept.objects.filter(identifiant__in=set(cles)).values_list("identifiant", "pk"))
    return {
        texte: {by_name[texte]} if texte in by_name else {by_key[key] for key in keys.get(cle, ()) if key in by_key}
        for texte, cle in cles.items()
    }


def propositions(texte: str, limite: int) -> list[str]:
    """Return titles of terms that have these words in one of their names, to be offered while one types."""
    terms = TermePage.objects.in_language(settings.LANGUAGE_CODE).portant(texte).alphabetiques()
    return list(terms.values_list("title", flat=True)[:limite])
