"""Lists by the values of facets that the index keeps for each page: filters, counts, likeness."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import Count, F, Func, IntegerField, QuerySet, TextField, Value
from django.db.models.functions import Cast
from wagtail.models import Page

# Path from a page to the values of its entry.
TERMES = "entree_recherche__termes"
Nombres = dict[tuple[str, str], int]
# (facet left aside, "" for none; pages; where their values are)
Part = tuple[str, QuerySet[Any, Any], Any]


class Unnest(Func):
    """The elements of an array, one row each."""

    function = "unnest"
    set_returning = True
    output_field = TextField()


class _Communs(Func):
    """Number of elements that two arrays share."""

    output_field = IntegerField()
    arg_joiner = ") INTERSECT SELECT unnest("
    template = "cardinality(ARRAY(SELECT unnest(%(expressions)s)))"


def avec_index(pages: Any) -> Any:
    """Bring what `termes_indexes` reads along with the pages."""
    unread = ("titre", "resume", "texte", "libelle", "vecteur", "version")
    return pages.select_related("entree_recherche").defer(*(f"entree_recherche__{name}" for name in unread))


def termes_indexes(page: Page) -> frozenset[str]:
    """The terms of a published page; empty where it has no entry."""
    entree = getattr(page, "entree_recherche", None)
    return frozenset(entree.termes) if entree else frozenset()


def _textes(values: Iterable[str]) -> Any:
    return Cast(Value(list(values)), ArrayField(TextField()))


def terme(facette: str, valeur: str) -> str:
    """How the index writes that a page has this value of this facet."""
    return f"{facette}:{valeur}"


def avec_une_valeur(pages: Any, facette: str, valeurs: Iterable[str]) -> Any:
    """Keep the pages that have one of these values of the facet."""
    return pages.filter(**{f"{TERMES}__overlap": [terme(facette, valeur) for valeur in valeurs]})


def avec_des_communs(pages: Any, termes: Iterable[str]) -> Any:
    """Keep the pages that have one of these terms, with the number that they have as `communs`."""
    wanted = list(termes)
    return pages.filter(**{f"{TERMES}__overlap": wanted}).annotate(communs=_Communs(F(TERMES), _textes(wanted)))


def compter(parts: Iterable[Part]) -> dict[tuple[str, str], int]:
    """How many rows of each part have each term: (facet left aside, term) → number. One query for all parts."""
    first, *others = (
        rows.order_by().annotate(sans=Value(sans), terme=Unnest(termes)).values("sans", "terme").annotate(n=Count("*"))
        for sans, rows, termes in parts
    )
    result: dict[tuple[str, str], int] = {}
    for row in first.union(*others, all=True):
        key = (row["sans"], row["terme"])
        result[key] = result.get(key, 0) + row["n"]
    return result


def par_valeur(comptes: Mapping[tuple[str, str], int], filtrees: Iterable[str]) -> Nombres:
    """How many each value of each facet would give: (facet, value) → number.

    The values of a facet that is filtered are counted with that filter left aside.
    """
    actives = frozenset(filtrees)
    result: Nombres = {}
    for (sans, found), nombre in comptes.items():
        facette, separator, valeur = found.partition(":")
        if separator and sans == (facette if facette in actives else ""):
            result[facette, valeur] = nombre
    return result
