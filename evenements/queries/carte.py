"""The places of the map, as compact as a phone needs them, for whoever reads without an account."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from evenements.queries.agenda import Agenda
from evenements.queries.lieux import LieuxTrouves

# Above, names would weigh more than all the rest: the list beside the map has them.
NOMS_MAX = 500
# Eleven metres.
PRECISION = 10_000


@dataclass(frozen=True)
class LieuDeLaCarte:
    """A place that has a position, and how many dates it has."""

    pk: int
    nom: str
    commune: str
    departement: str
    latitude: float
    longitude: float
    nombre: int


def lieux_de_la_carte(trouves: LieuxTrouves) -> list[LieuDeLaCarte]:
    """Return the places that have a position, neighbours together. One query."""
    rows = trouves.lieux.filter(latitude__isnull=False).order_by("departement", "commune", "latitude", "pk")
    columns = rows.values_list("pk", "nom", "commune", "departement", "latitude", "longitude")
    return [
        LieuDeLaCarte(pk, nom, commune, departement, latitude, longitude, trouves.nombres[pk])
        for pk, nom, commune, departement, latitude, longitude in columns.iterator(chunk_size=2000)
        if latitude is not None and longitude is not None
    ]


def points(trouves: LieuxTrouves) -> dict[str, Any]:
    """Return the payload of the map: columns of differences, which compress to a few bytes a place.

    `c` towns and their département, `k` the town of each place, `i` its id, `y` and `x` latitude and longitude in
    ten-thousandths of a degree, `n` its number of dates, `t` its name where they are few.
    """
    lieux = lieux_de_la_carte(trouves)
    communes = {(lieu.commune, lieu.departement): None for lieu in lieux}
    ranks = {commune: rank for rank, commune in enumerate(communes)}
    payload: dict[str, Any] = {
        "c": [list(commune) for commune in communes],
        "k": _differences([ranks[lieu.commune, lieu.departement] for lieu in lieux]),
        "i": _differences([lieu.pk for lieu in lieux]),
        "y": _differences([round(lieu.latitude * PRECISION) for lieu in lieux]),
        "x": _differences([round(lieu.longitude * PRECISION) for lieu in lieux]),
        "n": [lieu.nombre for lieu in lieux],
    }
    return {**payload, "t": [lieu.nom for lieu in lieux]} if len(lieux) <= NOMS_MAX else payload


def _differences(values: list[int]) -> list[int]:
    return [*values[:1], *(after - before for before, after in pairwise(values))]


def nombres_par_departement(agenda: Agenda, trouves: LieuxTrouves) -> dict[str, int]:
    """How many places each département has; those of nowhere under an empty code. No query."""
    found = agenda.registre
    masks = {value: dates for (facette, value), dates in found.termes.items() if facette == "departement"}
    counts: dict[str, int] = {}
    for lieu in trouves.nombres:
        code = next((code for code, dates in masks.items() if found.lieux[lieu] & dates), "")
        counts[code] = counts.get(code, 0) + 1
    return counts
