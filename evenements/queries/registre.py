"""Which dates of one language have which values of the filters, as bits of integers.

Built in two queries, once per content generation in each process: PostgreSQL would join and group thousands of dates
for each facet of each filtered page. `SeanceQuerySet.filtrees` asks the same in SQL, for feeds and map.
"""

import datetime
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from functools import reduce
from itertools import chain
from operator import and_, or_
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef

from evenements.models import EvenementPage, Seance
from evenements.queries.filtres import (
    A_DISTANCE,
    FACETTES,
    TOUTES_LES_VALEURS,
    VOCABULAIRES,
    Periode,
)
from socle.memo import per_generation
from socle.queries import Reader, openness

Nombres = dict[tuple[str, str], int]
Valeurs = dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class Registre:
    """The dates of one language in their order; each has a place, which is its bit in every set."""

    seances: list[int]
    evenements: list[int]
    jours: list[tuple[datetime.date, datetime.date]]
    # The dates of events whose page anyone may read.
    ouvertes: int
    termes: dict[tuple[str, str], int]
    lieux: dict[int, int]
    _periodes: dict[datetime.date, int] = field(default_factory=dict)

    @property
    def premier(self) -> datetime.date | None:
        """The first day on which something takes place."""
        return min((jour for jour, _fin in self.jours), default=None)

    @property
    def dernier(self) -> datetime.date | None:
        return max((fin for _jour, fin in self.jours), default=None)

    def de(self, places: Iterable[int]) -> int:
        return _ensemble(places, len(self.seances))

    def dans(self, ensemble: int) -> Iterator[int]:
        """The places of a set, in order."""
        octets = ensemble.to_bytes(len(self.seances) // 8 + 1, "little")
        for rang, octet in enumerate(octets):
            if octet:
                yield from (rang * 8 + bit for bit in range(8) if octet >> bit & 1)

    def de_la_periode(self, periode: Periode, today: datetime.date) -> int:
        """The dates to come, today included, or the past ones."""
        if today not in self._periodes:
            self._periodes.clear()
            self._periodes[today] = self.de(place for place, (_jour, fin) in enumerate(self.jours) if fin >= today)
        coming = self._periodes[today]
        return coming if periode is Periode.A_VENIR else ((1 << len(self.seances)) - 1) & ~coming

    def entre(self, du: datetime.date | None, au: datetime.date | None) -> int:
        """The dates that take place between two days, in part or in whole."""
        first, last = du or datetime.date.min, au or datetime.date.max
        return self.de(place for place, (jour, fin) in enumerate(self.jours) if jour <= last and fin >= first)

    def sous_filtres(self, ensemble: int, valeurs: Valeurs, sans: str = "") -> int:
        """Those of the set that match every facet but one."""
        for facette, chosen in valeurs.items():
            if chosen and facette != sans:
                meet = and_ if facette in TOUTES_LES_VALEURS else or_
                ensemble &= reduce(meet, (self.termes.get((facette, valeur), 0) for valeur in chosen))
        return ensemble

    def nombres(self, ensemble: int, valeurs: Valeurs) -> Nombres:
        """How many of the set each value of each facet would give, the other facets kept.

        Of a facet whose values are all needed, the other values are kept too.
        """
        libres = {facette for facette in FACETTES if valeurs.get(facette) and facette not in TOUTES_LES_VALEURS}
        found = {sans: self.sous_filtres(ensemble, valeurs, sans) for sans in ("", *libres)}
        counts = {
            (facette, valeur): (found[facette if facette in libres else ""] & masque).bit_count()
            for (facette, valeur), masque in self.termes.items()
        }
        return {key: count for key, count in counts.items() if count}


def _ensemble(places: Iterable[int], taille: int) -> int:
    octets = bytearray(taille // 8 + 1)
    for place in places:
        octets[place >> 3] |= 1 << (place & 7)
    return int.from_bytes(octets, "little")


@per_generation
def registre(language_code: str) -> Registre:
    """The dates of all events that have a published page in that language."""
    pages = EvenementPage.objects.live().in_language(language_code).order_by()
    slugs_of = {f"slugs_{name}": _slugs(relation) for name, relation in VOCABULAIRES.items()}
    rows_of_pages = pages.annotate(libre=openness(), **slugs_of).values_list("evenement_id", "libre", *slugs_of)
    ouvertes: dict[int, bool] = {}
    termes_des_pages: dict[int, list[tuple[str, str]]] = {}
    for event, libre, *slugs in rows_of_pages:
        ouvertes[event] = libre
        termes_des_pages[event] = [
            (facette, slug) for facette, found in zip(VOCABULAIRES, slugs, strict=True) for slug in found
        ]
    rows = list(_lignes(ouvertes))
    termes: dict[tuple[str, str], list[int]] = {}
    lieux: dict[int, list[int]] = {}
    for place, row in enumerate(rows):
        for terme in chain(_termes(row), termes_des_pages[row["evenement_id"]]):
            termes.setdefault(terme, []).append(place)
        if row["lieu_id"]:
            lieux.setdefault(row["lieu_id"], []).append(place)
    taille = len(rows)
    return Registre(
        seances=[row["pk"] for row in rows],
        evenements=[row["evenement_id"] for row in rows],
        jours=[(row["jour"], row["jour_fin"]) for row in rows],
        ouvertes=_ensemble((place for place, row in enumerate(rows) if ouvertes[row["evenement_id"]]), taille),
        termes={terme: _ensemble(places, taille) for terme, places in termes.items()},
        lieux={lieu: _ensemble(places, taille) for lieu, places in lieux.items()},
    )


def _slugs(relation: str) -> ArraySubquery:
    """The terms of a page; a subquery, so that two vocabularies do not multiply each other."""
    through = EvenementPage._meta.get_field(relation).remote_field.through
    terme = next(field.name for field in through._meta.fields if field.is_relation and field.name != "evenementpage")
    return ArraySubquery(through.objects.filter(evenementpage_id=OuterRef("pk")).order_by().values(f"{terme}__slug"))


def _lignes(evenements: Collection[int]) -> Any:
    return (
        Seance.objects.filter(evenement_id__in=list(evenements))
        .order_by("debut", "pk")
        .values(
            "pk",
            "evenement_id",
            "jour",
            "jour_fin",
            "mode",
            "lieu_id",
            "lieu__departement",
            "lieu__accessibilite",
            "evenement__genre",
            "evenement__accessibilite",
        )
    )


def _termes(row: dict[str, Any]) -> Iterator[tuple[str, str]]:
    yield "genre", row["evenement__genre"]
    if row["lieu__departement"]:
        yield "departement", row["lieu__departement"]
    if row["mode"] in A_DISTANCE:
        yield "en_ligne", "1"
    for acces in {*row["evenement__accessibilite"], *(row["lieu__accessibilite"] or ())}:
        yield "acces", acces


def lisibles(found: Registre, language_code: str, user: Reader) -> int:
    """The dates of events whose page `user` may read."""
    if not user.is_authenticated:
        return found.ouvertes
    pages = EvenementPage.objects.visible_to(user).in_language(language_code).order_by()
    readable = set(pages.values_list("evenement_id", flat=True))
    return found.de(place for place, event in enumerate(found.evenements) if event in readable)
