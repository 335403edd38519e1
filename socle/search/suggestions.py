"""Titles with words that begin as what is being typed."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import reduce
from itertools import chain
from operator import and_

from django.contrib.postgres.search import SearchQuery
from django.db.models import Case, IntegerField, Q, Value, When
from django.db.models.functions import Length
from django.utils.translation import gettext as _

from socle.models import DocumentRecherche, EntreeRecherche
from socle.queries import Reader, readable_pages
from socle.search.documents import documents_lisibles
from socle.search.fournisseurs import demander
from socle.search.langues import ENTIERS, normaliser
from socle.search.masques import masques, parmi
from socle.sites import url_of

NOMBRE = 8
DOCUMENTS = 2
AUTRES = 3
LONGUEUR_MIN = 2


@dataclass(frozen=True)
class Suggestion:
    """A page or a document proposed while typing."""

    titre: str
    url: str
    type: str


Provider = Callable[[str, str, Reader], Iterable[Suggestion]]
_providers: list[Provider] = []


def register_suggestions(provider: Provider) -> Provider:
    """Add what else may be meant by what is typed, from an app's `ready()`: names that no title has.

    `provider(typed, language, user)` is given words without accents, case or punctuation; the best comes first. It
    gives nothing that `user` may not read.
    """
    if provider not in _providers:
        _providers.append(provider)
    return provider


def suggerer(q: str, language_code: str, user: Reader) -> list[Suggestion]:
    """Pages of that language that `user` may read, then the documents that they use, by the words of their titles.

    Each word of `q` begins a word of the title. What is known by another name that begins so comes first, if few.
    Two queries.
    """
    typed = normaliser(q)
    if len(typed) < LONGUEUR_MIN:
        return []
    index = masques(language_code)
    lisibles = index.lisibles(language_code, user)
    debuts = (SearchQuery(f"{word}:*", config=ENTIERS, search_type="raw") for word in typed.split())
    found = DocumentRecherche.objects.filter(vecteur=reduce(and_, debuts)).values("pk")
    fichiers = list(documents_lisibles(found, index, lisibles).values())[:DOCUMENTS]
    documents = [Suggestion(fichier.title, fichier.url, _("Document")) for fichier in fichiers]
    pages = _pages(typed, language_code, user, index.fermees(lisibles))
    known = (demander(provider, (), typed, language_code, user) for provider in _providers)
    autres = list(chain.from_iterable(known))[:AUTRES]
    connues = {one.url for one in autres}
    pages = [*autres, *(page for page in pages if page.url not in connues)]
    return [*pages[: NOMBRE - len(documents)], *documents]


def _pages(typed: str, language_code: str, user: Reader, fermees: list[int]) -> list[Suggestion]:
    words = (Q(libelle__startswith=word) | Q(libelle__contains=f" {word}") for word in typed.split())
    first = Case(When(libelle__startswith=typed, then=Value(0)), default=Value(1), output_field=IntegerField())
    order = ("place", Length("libelle"), "libelle", "pk")
    matching = EntreeRecherche.objects.filter(reduce(and_, words), langue=language_code).exclude(pk__in=parmi(fermees))
    best = matching.annotate(place=first).order_by(*order).values("pk")[:NOMBRE]
    # Asked again of these few, whatever this process remembers of who may read what.
    lisibles = readable_pages(language_code, user).filter(pk__in=best)
    rows = (
        EntreeRecherche.objects.filter(page__in=lisibles.values("pk"))
        .annotate(place=first)
        .order_by(*order)
        .select_related("page__content_type")
        .defer("texte", "resume", "vecteur")
    )
    return [
        Suggestion(row.titre, url_of(row.page), str(getattr(row.page.specific_class, "nom_public", ""))) for row in rows
    ]
