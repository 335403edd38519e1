"""Questions about the pictograms."""

from collections.abc import Sequence
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import F, Q, QuerySet
from wagtail.images.permissions import permission_policy
from wagtail.models import Collection

from socle.models import Illustration
from variantes.pictogrammes.mots import Candidat

BANQUE = "banque"
COLLECTION = "Pictogrammes"


def collection_des_pictogrammes() -> Collection | None:
    """Return the collection of the bank: the one of that name, or the one where most of its pictures are."""
    root = Collection.get_first_root_node()
    if found := root.get_children().filter(name=COLLECTION).first():
        return found
    of_the_bank = Q(pictogramme__fonds=BANQUE) & ~Q(collection=root)
    row = (
        Illustration.objects.filter(of_the_bank)
        .values("collection")
        .annotate(nombre=ArrayAgg("pk"))
        .order_by("-nombre__len")
        .first()
    )
    return Collection.objects.filter(pk=row["collection"]).first() if row else None


def pictogrammes_pour(user: Any) -> QuerySet[Illustration]:
    """Return the pictures of the bank, and of what is filed under it, that a person may choose."""
    collection = collection_des_pictogrammes()
    if collection is None:
        return Illustration.objects.none()
    choosable: QuerySet[Illustration] = permission_policy.instances_user_has_any_permission_for(user, ["choose"])
    return choosable.filter(collection__path__startswith=collection.path)


def candidats(images: QuerySet[Illustration]) -> list[tuple[Candidat, str, str]]:
    """Return what is said of each picture, with its theme and the collection that it is in, in one query.

    Those of the bank come in its order, the others by title.
    """
    rows = (
        images.order_by(F("pictogramme__pk").asc(nulls_last=True), "title", "pk")
        .annotate(mots=ArrayAgg("tags__name", distinct=True, default=[], filter=Q(tags__name__isnull=False)))
        .values_list("pk", "title", "mots", F("pictogramme__theme"), F("collection__name"))
    )
    return [(Candidat(pk, title, tuple(words)), theme or "", name) for pk, title, words, theme, name in rows]


def images_de(pks: Sequence[int]) -> list[Illustration]:
    """Return these pictures in this order, each with the drawing that the chooser shows."""
    found = Illustration.objects.prefetch_renditions("max-165x165").in_bulk(pks)
    return [found[pk] for pk in pks if pk in found]
