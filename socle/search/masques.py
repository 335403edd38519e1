"""Which pages have which values of facets, as bits of integers: sets of thousands of pages meet in microseconds.

Built in one query, once per content generation in each process. PostgreSQL would unfold and group the values of every
page found, again for each search and each filter.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import F, Func, TextField, Value
from django.db.models.expressions import RawSQL
from wagtail.models import Page

from socle.facettes import Valeurs
from socle.memo import per_generation
from socle.queries import Reader, openness, readable_pages
from socle.search.termes import Nombres, terme


@dataclass(frozen=True)
class Masques:
    """The pages of the index in one language: the place of each, and who has a term."""

    places: dict[int, int]
    ouvertes: int
    termes: dict[str, int]

    def de(self, pages: Iterable[int]) -> int:
        """The set of these pages; those that the index did not know yet are left out."""
        return _masque((self.places[page] for page in pages if page in self.places), len(self.places))

    def gardees(self, pages: Iterable[int], masque: int) -> Iterator[int]:
        """Those of `pages` that are in the set, in the same order."""
        octets = masque.to_bytes(len(self.places) // 8 + 1, "little")
        for page in pages:
            place = self.places.get(page)
            if place is not None and octets[place >> 3] >> (place & 7) & 1:
                yield page

    def fermees(self, lisibles: int) -> list[int]:
        """The pages of the index that are not in the set."""
        fermees = (1 << len(self.places)) - 1 & ~lisibles
        return list(self.gardees(self.places, fermees)) if fermees else []

    def sous_filtres(self, pages: int, valeurs: Valeurs, sans: str = "") -> int:
        """Those of `pages` that have one of the values of each facet, the facet `sans` left aside."""
        for facette, chosen in valeurs.items():
            if chosen and facette != sans:
                pages &= reduce(or_, (self.termes.get(terme(facette, valeur), 0) for valeur in chosen))
        return pages

    def nombres(self, pages: int, valeurs: Valeurs) -> Nombres:
        """How many of `pages` each value of each facet would give, the other facets kept."""
        actives = {facette for facette, chosen in valeurs.items() if chosen}
        found = {sans: self.sous_filtres(pages, valeurs, sans) for sans in ("", *actives)}
        result: Nombres = {}
        for nom, masque in self.termes.items():
            facette, _separator, valeur = nom.partition(":")
            if nombre := (found[facette if facette in actives else ""] & masque).bit_count():
                result[facette, valeur] = nombre
        return result

    def lisibles(self, language_code: str, user: Reader) -> int:
        """The pages that `user` may read."""
        if not user.is_authenticated:
            return self.ouvertes
        return self.de(readable_pages(language_code, user).values_list("pk", flat=True))


def _masque(places: Iterable[int], taille: int) -> int:
    octets = bytearray(taille // 8 + 1)
    for place in places:
        octets[place >> 3] |= 1 << (place & 7)
    return int.from_bytes(octets, "little")


@per_generation
def masques(language_code: str) -> Masques:
    rows = list(
        Page.objects.filter(entree_recherche__langue=language_code)
        .order_by()
        .annotate(ouverte=openness())
        .values_list(
            "pk",
            "ouverte",
            Func(F("entree_recherche__termes"), Value(" "), function="array_to_string", output_field=TextField()),
        )
    )
    par_terme: dict[str, list[int]] = {}
    for place, (_page, _ouverte, termes) in enumerate(rows):
        for nom in termes.split():
            par_terme.setdefault(nom, []).append(place)
    return Masques(
        places={page: place for place, (page, _ouverte, _termes) in enumerate(rows)},
        ouvertes=_masque((place for place, (_page, ouverte, _termes) in enumerate(rows) if ouverte), len(rows)),
        termes={nom: _masque(places, len(rows)) for nom, places in par_terme.items()},
    )


def compter(
    language_code: str, user: Reader, genre: str, valeurs: Valeurs, dans: Iterable[int] | None = None
) -> tuple[int, Nombres]:
    """How many pages of a kind match the filters, and how many each value of each facet would give.

    Only those that `user` may read; only those of `dans` where it is given.
    """
    found = masques(language_code)
    pages = found.lisibles(language_code, user) & found.termes.get(terme("type", genre), 0)
    if dans is not None:
        pages &= found.de(dans)
    return found.sous_filtres(pages, valeurs).bit_count(), found.nombres(pages, valeurs)


def parmi(ids: Iterable[int]) -> Any:
    """Thousands of identifiers for a lookup, as one parameter."""
    return RawSQL("SELECT unnest(%s::integer[])", [list(ids)])
