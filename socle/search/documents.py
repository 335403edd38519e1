"""Documents: found by their title, in the languages of the readable pages that use them."""

from functools import reduce
from operator import add
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.contrib.postgres.search import SearchVector
from django.db import connection
from django.db.models import QuerySet, TextField, Value
from wagtail.models import Page

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


# Of the documents found, none from a restricted collection; with the pages that use each.
_UTILISES = """
SELECT document.id, document.title, document.file, ARRAY(
  SELECT DISTINCT object_id::integer FROM wagtailcore_referenceindex
  WHERE base_content_type_id = %s AND to_content_type_id = %s AND to_object_id = document.id::text
)
FROM socle_fichier AS document JOIN wagtailcore_collection AS collection ON collection.id = document.collection_id
WHERE document.id IN ({found}) AND NOT EXISTS (
  SELECT 1 FROM wagtailcore_collectionviewrestriction AS closed
  JOIN wagtailcore_collection AS above ON above.id = closed.collection_id
  WHERE starts_with(collection.path, above.path)
)
ORDER BY document.id
"""


def documents_lisibles(
    documents: list[int] | QuerySet[Any, Any], masques: Masques, lisibles: int
) -> dict[int, Fichier]:
    """Those of `documents`, identifiers, that a page of this set uses, none from a restricted collection. One query."""
    types = ContentType.objects.get_for_models(Page, Fichier)
    found: str = "SELECT unnest(%s::integer[])"
    parameters: tuple[Any, ...] = (documents,)
    if isinstance(documents, QuerySet):
        found, parameters = documents.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(_UTILISES.format(found=found), [types[Page].pk, types[Fichier].pk, *parameters])
        return {
            pk: Fichier.from_db(None, ("id", "title", "file"), (pk, title, file))
            for pk, title, file, usages in cursor.fetchall()
            if masques.de(usages) & lisibles
        }
