"""Titles that begin as what is being typed."""

from dataclasses import dataclass
from functools import reduce
from operator import and_

from django.db.models import Case, IntegerField, Q, Value, When
from django.db.models.functions import Length

from socle.models import EntreeRecherche
from socle.queries import Reader, readable_pages
from socle.search.langues import normaliser
from socle.sites import url_of

NOMBRE = 8
LONGUEUR_MIN = 2
TOUTES = 1_000_000


@dataclass(frozen=True)
class Suggestion:
    """A page proposed while typing."""

    titre: str
    url: str
    type: str


def suggerer(q: str, language_code: str, user: Reader) -> list[Suggestion]:
    """Pages of that language that `user` may read, whose title has a word that begins as each word of `q`.

    One query.
    """
    typed = normaliser(q)
    if len(typed) < LONGUEUR_MIN:
        return []
    words = (Q(libelle__startswith=word) | Q(libelle__contains=f" {word}") for word in typed.split())
    readable = readable_pages(language_code, user)
    # With a limit, PostgreSQL reads the index of titles first, whatever it guesses of the readable pages.
    matching = EntreeRecherche.objects.filter(reduce(and_, words), langue=language_code).order_by().values("pk")
    rows = (
        EntreeRecherche.objects.filter(pk__in=matching[:TOUTES], page__in=readable.values("pk"))
        .annotate(
            place=Case(When(libelle__startswith=typed, then=Value(0)), default=Value(1), output_field=IntegerField())
        )
        .order_by("place", Length("libelle"), "libelle", "pk")
        .select_related("page__content_type")
        .defer("texte", "resume", "vecteur")
    )
    return [
        Suggestion(row.titre, url_of(row.page), str(getattr(row.page.specific_class, "nom_public", "")))
        for row in rows[:NOMBRE]
    ]
