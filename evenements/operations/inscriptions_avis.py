"""What people who registered are told when a date changes.

Called by the operations on dates and events, in their transaction, once for each change of each date.
"""

import datetime
from dataclasses import dataclass
from enum import StrEnum

from evenements.models import Seance


class Avis(StrEnum):
    """What happened to a date."""

    DEPLACEE = "deplacee"
    ANNULEE = "annulee"
    REPORTEE = "reportee"
    RETABLIE = "retablie"
    # No mail: seats may have become free.
    PLACES = "places"


@dataclass(frozen=True)
class Avant:
    """Where and when a date was to be held, before it moved."""

    debut: datetime.datetime
    fin: datetime.datetime
    jour: datetime.date
    jour_fin: datetime.date
    journee_entiere: bool
    mode: str
    lieu_id: int | None


def prevenir_les_inscrits(seance: Seance, avis: Avis, avant: Avant | None = None) -> int:
    """Tell everyone registered for a date what happened to it; return how many were told.

    `avant` goes with `DEPLACEE`. The reason given is `seance.motif`, else `seance.evenement.motif_statut`.
    """
    return 0
