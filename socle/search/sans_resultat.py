"""When nothing is found: what the page offers, and what the editors learn of it."""

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import Count
from django.utils import timezone
from wagtail.models import Page, ReferenceIndex

from socle.memo import per_generation
from socle.models import BasePage, RechercheSansResultat
from socle.queries import visible_to
from socle.search.langues import normaliser
from socle.sites import url_of

# Longer, it may be a message or a name with its story: not kept.
LONGUEUR_MAX = 60
MOTS_MAX = 6
CONSERVATION = datetime.timedelta(days=365)
NOMBRE_CITEES = 5


@dataclass(frozen=True)
class Lien:
    titre: str
    url: str


@per_generation
def pages_utiles(language_code: str) -> tuple[Lien, ...]:
    """Pages that help a reader who found nothing: those of the types that say so."""
    models = [model for model in apps.get_models() if issubclass(model, BasePage) and model.aide_recherche]
    types = ContentType.objects.get_for_models(*models).values()
    return _liens(_publiques(language_code).filter(content_type__in=types).order_by("path")[:NOMBRE_CITEES])


@per_generation
def pages_citees(language_code: str) -> tuple[Lien, ...]:
    """The pages that the most other pages lead to: readers are not followed, so no one knows what they read."""
    page_type = ContentType.objects.get_for_model(Page)
    cited = (
        ReferenceIndex.objects.filter(to_content_type=page_type, base_content_type=page_type)
        .values("to_object_id")
        .annotate(nombre=Count("object_id", distinct=True))
        .order_by("-nombre", "to_object_id")[:100]
    )
    rank = {int(row["to_object_id"]): place for place, row in enumerate(cited)}
    pages = _publiques(language_code).filter(pk__in=rank, depth__gt=2)
    return _liens(sorted(pages, key=lambda page: rank[page.pk])[:NOMBRE_CITEES])


def _publiques(language_code: str) -> Any:
    return visible_to(Page.objects.filter(locale__language_code=language_code), AnonymousUser())


def _liens(pages: Iterable[Page]) -> tuple[Lien, ...]:
    return tuple(Lien(page.title, url) for page in pages if (url := url_of(page)))


def comptable(q: str) -> str:
    """Return the words to count, or nothing when they may tell who asks: address, number, link, long text."""
    if re.search(r"[@\d]|://|www\.", q) or len(q) > LONGUEUR_MAX:
        return ""
    words = normaliser(q)
    return words if len(words.split()) <= MOTS_MAX and len(words) <= LONGUEUR_MAX else ""


def compter(q: str, language_code: str) -> None:
    """Count one more search that found nothing, without a trace of who made it."""
    words = comptable(q)
    if not words:
        return
    table = RechercheSansResultat._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (langue, mots, jour, nombre) VALUES (%s, %s, %s, 1) "  # noqa: S608 -- our name
            f"ON CONFLICT (langue, mots, jour) DO UPDATE SET nombre = {table}.nombre + 1",
            [language_code, words, timezone.localdate()],
        )


def oublier() -> int:
    """Delete the counts older than twelve months; return how many."""
    limit = timezone.localdate() - CONSERVATION
    return RechercheSansResultat.objects.filter(jour__lt=limit).delete()[0]
