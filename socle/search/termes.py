"""Lists by the values of facets that the index keeps for each page: filters, likeness."""

from collections.abc import Iterable
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import F, Func, IntegerField, TextField, Value
from django.db.models.functions import Cast
from wagtail.models import Page

# Path from a page to the values of its entry.
TERMES = "entree_recherche__termes"
# (facet, value) → number of pages
Nombres = dict[tuple[str, str], int]


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
