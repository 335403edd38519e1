"""Which pages have which values of facets, as bits of integers: sets of thousands of pages meet in microseconds.

Built in one query, once per content generation in each process. PostgreSQL would unfold and group the values of every
page found, again for each search and each filter.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Func, TextField, Value
from django.db.models.expressions import RawSQL
from wagtail.models import Page

from socle.memo import per_generation
from socle.queries import Reader, openness, readable_pages


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
        for terme in termes.split():
            par_terme.setdefault(terme, []).append(place)
    return Masques(
        places={page: place for place, (page, _ouverte, _termes) in enumerate(rows)},
        ouvertes=_masque((place for place, (_page, ouverte, _termes) in enumerate(rows) if ouverte), len(rows)),
        termes={terme: _masque(places, len(rows)) for terme, places in par_terme.items()},
    )


def parmi(ids: Iterable[int]) -> Any:
    """Thousands of identifiers for a lookup, as one parameter."""
    return RawSQL("SELECT unnest(%s::integer[])", [list(ids)])
