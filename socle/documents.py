"""Which documents anyone may read."""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Length, Substr
from wagtail.models import Collection, CollectionViewRestriction

from socle.memo import per_generation


def avec_acces(documents: Any) -> Any:
    """Bring with each document of a queryset what `Fichier.est_public` reads."""
    return documents.annotate(acces_ferme=Exists(_restrictions("collection__path")))


@per_generation
def closed_collections() -> frozenset[int]:
    """Collections that are restricted, or inside one that is: a public page shows no document of theirs."""
    closed = Collection.objects.filter(Exists(_restrictions("path"))).order_by()
    return frozenset(closed.values_list("pk", flat=True))


def _restrictions(path: str) -> QuerySet[CollectionViewRestriction]:
    """Those at or above the collection that has this path in the query around."""
    above = Substr(OuterRef(path), 1, Length("collection__path"))
    found: QuerySet[CollectionViewRestriction] = CollectionViewRestriction.objects.filter(collection__path=above)
    return found
