"""Which documents anyone may read."""

from django.db.models import Exists, OuterRef
from django.db.models.functions import Length, Substr
from wagtail.models import Collection, CollectionViewRestriction

from socle.memo import per_generation


@per_generation
def closed_collections() -> frozenset[int]:
    """Collections that are restricted, or inside one that is: a public page shows no document of theirs."""
    above = CollectionViewRestriction.objects.filter(
        collection__path=Substr(OuterRef("path"), 1, Length("collection__path"))
    )
    return frozenset(Collection.objects.filter(Exists(above)).order_by().values_list("pk", flat=True))
