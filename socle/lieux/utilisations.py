"""What uses a place, asked of every model that would lose something with it."""

from collections.abc import Iterator
from typing import Any

from django.db.models import PROTECT, Count, IntegerField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from socle.models import Lieu


def relations() -> Iterator[Any]:
    """Yield the relations that keep a place from being deleted: those of the apps that are installed."""
    for relation in Lieu._meta.related_objects:
        if getattr(relation, "on_delete", None) is PROTECT:
            yield relation


def annotees(lieux: QuerySet[Lieu]) -> QuerySet[Lieu]:
    """Add to each place how many of each kind use it, in the one query of the list."""
    counts: dict[str, Any] = {}
    for relation in relations():
        rows = relation.related_model._default_manager.order_by().filter(**{relation.field.name: OuterRef("pk")})
        total = rows.values(relation.field.name).annotate(n=Count("pk")).values("n")
        counts[_nom(relation)] = Coalesce(Subquery(total, output_field=IntegerField()), Value(0))
    return lieux.annotate(**counts)


def decrites(lieu: Lieu) -> str:
    """Say what uses a place: "3 événements, 12 dates"; nothing when it is free."""
    if not all(hasattr(lieu, _nom(relation)) for relation in relations()):
        lieu = annotees(Lieu.objects.filter(pk=lieu.pk)).get()
    said = []
    for relation in relations():
        options, number = relation.related_model._meta, getattr(lieu, _nom(relation))
        if number:
            said.append(f"{number} {options.verbose_name_plural if number > 1 else options.verbose_name}")
    return ", ".join(said)


def _nom(relation: Any) -> str:
    return f"nombre_{relation.related_model._meta.model_name}"
