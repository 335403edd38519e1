"""Search in the public pages of one language.

The only module that knows the engine: another index would replace it here and nowhere else.
"""

import re
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.search import SearchHeadline, SearchQuery, SearchRank, SearchVector
from django.db import models
from django.db.models import F, QuerySet, Value
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.rich_text import get_text_for_indexing

from socle.models import BasePage, EntreeRecherche
from socle.queries import Reader, visible_to

# Configurations created by a migration: the language's stemmer behind `unaccent`.
CONFIGURATIONS = {
    "fr": "plateforme_french",
    "fr-simple": "plateforme_french",
    "en": "plateforme_english",
    "ar": "plateforme_arabic",
    "es": "plateforme_spanish",
    "pt": "plateforme_portuguese",
}
DEFAULT_CONFIGURATION = "plateforme_simple"


def configuration(language_code: str) -> str:
    """Text search configuration of a language."""
    return CONFIGURATIONS.get(language_code, DEFAULT_CONFIGURATION)


# The French stemmer cuts "usager" to "usag" and "usagers" to "usager": one would not find the other.
_GERS = re.compile(r"(?<=g)ers\b", re.IGNORECASE)


def mots(texte: str, language_code: str) -> str:
    """Return `texte` as both the index and the questions give it to the stemmer."""
    return _GERS.sub("er", texte) if CONFIGURATIONS.get(language_code) == "plateforme_french" else texte


@dataclass(frozen=True)
class Resultat:
    """A page that answers a search."""

    titre: str
    url: str
    extrait: str
    type: str


class Resultats:
    """The answers in order of relevance, sliced by the pagination."""

    def __init__(self, entrees: QuerySet[EntreeRecherche]) -> None:
        self._entrees = entrees

    def count(self) -> int:
        return self._entrees.count()

    def __len__(self) -> int:
        return self.count()

    def __getitem__(self, bounds: slice) -> list[Resultat]:
        rows = list(self._entrees[bounds])
        pages = Page.objects.filter(pk__in=[row.pk for row in rows]).select_related("content_type")
        by_id = {page.pk: page for page in pages}
        return [_resultat(row, by_id[row.pk]) for row in rows if row.pk in by_id]


def _resultat(row: Any, page: Page) -> Resultat:
    model = page.specific_class
    return Resultat(
        titre=row.titre,
        url=page.get_url() or "",
        extrait=" ".join(row.extrait.split()),
        type=str(getattr(model, "nom_public", "")),
    )


def chercher(q: str, language_code: str, user: Reader) -> Resultats:
    """Pages of that language that `user` may read and that answer `q` (words, "quoted phrases", -excluded)."""
    config = configuration(language_code)
    query = SearchQuery(mots(q, language_code), config=config, search_type="websearch")
    readable = visible_to(Page.objects.filter(locale__language_code=language_code), user)
    found = EntreeRecherche.objects.filter(vecteur=query, page__in=readable.values("pk")).annotate(
        rang=SearchRank(F("vecteur"), query),
        extrait=SearchHeadline(
            "texte",
            SearchQuery(q, config=config, search_type="websearch"),
            config=config,
            start_sel="",
            stop_sel="",
            max_words=32,
            min_words=18,
            max_fragments=1,
        ),
    )
    return Resultats(found.order_by("-rang", "pk"))


def texte_de(page: BasePage) -> str:
    """The words of the page's rich texts and blocks."""
    parts: list[str] = []
    for field in page._meta.get_fields():
        if isinstance(field, StreamField):
            parts += field.get_searchable_content(getattr(page, field.name))
        elif isinstance(field, RichTextField):
            parts.append(get_text_for_indexing(getattr(page, field.name)))
    return "\n".join(part for part in parts if part)


def indexer(page: BasePage) -> None:
    """Write or renew the entry of a page as it is published. A page that is not live has no entry."""
    if not page.live:
        desindexer(page.pk)
        return
    langue = page.locale.language_code
    config = Value(configuration(langue))
    contenu = texte_de(page)
    titre, resume, texte = (
        Value(mots(part, langue), models.TextField()) for part in (page.title, page.resume_seo, contenu)
    )
    EntreeRecherche.objects.update_or_create(
        page_id=page.pk,
        defaults={
            "langue": langue,
            "titre": page.title,
            "resume": page.resume_seo,
            "texte": contenu,
        },
    )
    EntreeRecherche.objects.filter(page_id=page.pk).update(
        vecteur=SearchVector(titre, config=config, weight="A")
        + SearchVector(resume, config=config, weight="B")
        + SearchVector(texte, config=config, weight="C")
    )


def desindexer(page_id: int) -> None:
    """Remove the entry of a page, if it has one."""
    EntreeRecherche.objects.filter(page_id=page_id).delete()
