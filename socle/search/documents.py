"""Documents: found by their title, in the languages of the readable pages that use them."""

from functools import reduce
from operator import add
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.search import SearchVector
from django.db.models import CharField, Exists, OuterRef, TextField, Value
from django.db.models.functions import Cast, Length, Substr
from wagtail.models import CollectionViewRestriction, Page, ReferenceIndex

from socle.models import DocumentRecherche, Fichier
from socle.search.langues import CONFIGURATIONS, ENTIERS, mots
from socle.search.masques import Masques


def indexer_document(document: Fichier) -> None:
    """Write or renew the entry of a document, in every language: its title is the same in all."""
    vectors = [
        SearchVector(
            Value(mots(document.title, code), TextField()),
            config=Value(config),
            weight="D" if config == ENTIERS else "A",
        )
        for code, config in {**CONFIGURATIONS, "": ENTIERS}.items()
        if code != "fr-simple"
    ]
    DocumentRecherche.objects.update_or_create(document_id=document.pk)
    DocumentRecherche.objects.filter(pk=document.pk).update(vecteur=reduce(add, vectors))


def documents_lisibles(documents: Any, masques: Masques, lisibles: int) -> dict[int, Fichier]:
    """Those of `documents` that a page of this set uses, none from a restricted collection. One query."""
    types = ContentType.objects.get_for_models(Page, Fichier)
    usages = ReferenceIndex.objects.filter(
        base_content_type=types[Page],
        to_content_type=types[Fichier],
        to_object_id=Cast(OuterRef("pk"), CharField()),
    )
    restricted = CollectionViewRestriction.objects.filter(
        collection__path=Substr(OuterRef("collection__path"), 1, Length("collection__path"))
    )
    found = (
        Fichier.objects.filter(pk__in=documents)
        .exclude(Exists(restricted))
        .order_by("pk")
        .annotate(usages=ArraySubquery(usages.order_by().values("object_id").distinct()))
    )
    return {document.pk: document for document in found if masques.de(map(int, document.usages)) & lisibles}
