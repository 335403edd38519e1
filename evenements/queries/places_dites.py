"""What readers are told of the seats that are left: a few steps, and the exact number only at the end.

A page kept ready to send changes when these words change (`operations.places_dites`), and not at each registration.
"""

from dataclasses import dataclass
from enum import StrEnum

from evenements.queries.places import Places

# Said one by one.
COMPTEES = 3
# Below this part of all seats, they are the last ones.
PART_DES_DERNIERES = 0.1


class Reste(StrEnum):
    SANS_LIMITE = "sans_limite"
    DES_PLACES = "des_places"
    DERNIERES = "dernieres"
    COMPTEES = "comptees"
    RESERVEES = "reservees"
    COMPLET = "complet"


@dataclass(frozen=True)
class PlacesDites:
    """Two equal ones are said in the same words."""

    reste: Reste
    nombre: int = 0
    # The kinds of participants for whom alone there are seats.
    genres: tuple[str, ...] = ()


def dire(places: Places) -> PlacesDites:
    """Say how many seats are left."""
    if places.capacite is None or places.libres is None:
        return PlacesDites(Reste.SANS_LIMITE)
    if places.libres > max(COMPTEES, places.capacite * PART_DES_DERNIERES):
        return PlacesDites(Reste.DES_PLACES)
    if places.libres > COMPTEES:
        return PlacesDites(Reste.DERNIERES)
    if places.libres > 0:
        return PlacesDites(Reste.COMPTEES, places.libres)
    reserved = tuple(genre for genre in sorted(places.quotas) if places.accepte(genre))
    return PlacesDites(Reste.RESERVEES, genres=reserved) if reserved else PlacesDites(Reste.COMPLET)
