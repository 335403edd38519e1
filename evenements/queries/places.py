"""How many seats a date has, who may still take one, and whether one may register."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.db.models import Count, F, IntegerField, QuerySet, Value
from django.utils import timezone

if TYPE_CHECKING:
    from evenements.models import Evenement, Seance


# What stands for the state of a registration where seats are reserved for a kind.
RESERVEES = "reservees"
AUCUN = Value(None, IntegerField(null=True))


@dataclass(frozen=True)
class Places:
    """The seats of a date at one moment. A seat that is offered to somebody is taken.

    The rule: Σ over kinds of max(taken, reserved) stays within the capacity. Where it does not hold (a capacity that
    was lowered, walk-ins), a reserved seat that is free is still given as long as the room is not full.
    """

    capacite: int | None
    # Seats taken by each kind of participants.
    par_genre: Mapping[str, int] = field(default_factory=dict)
    # Seats reserved for a kind, as long as they are.
    quotas: Mapping[str, int] = field(default_factory=dict)
    en_attente: int = 0

    @property
    def prises(self) -> int:
        return sum(self.par_genre.values())

    @property
    def restantes(self) -> int | None:
        """Seats that nobody holds, reserved ones included; None without a limit."""
        return None if self.capacite is None else max(0, self.capacite - self.prises)

    @property
    def libres(self) -> int | None:
        """Seats that anybody may take."""
        return None if self.capacite is None else max(0, self.capacite - self._tenues)

    @property
    def _tenues(self) -> int:
        """Seats that are taken or kept for a kind."""
        return sum(
            max(self.par_genre.get(kind, 0), self.quotas.get(kind, 0)) for kind in {*self.par_genre, *self.quotas}
        )

    def libres_pour(self, genre: str) -> int | None:
        """Seats that a kind of participants may still take; None without a limit."""
        if self.restantes is None or self.libres is None:
            return None
        kept = max(0, self.quotas.get(genre, 0) - self.par_genre.get(genre, 0))
        return min(self.restantes, kept + self.libres)

    def accepte(self, genre: str) -> bool:
        """Whether somebody of that kind may have a seat."""
        return self.libres_pour(genre) != 0

    def avec(self, genre: str) -> "Places":
        """The same once somebody of that kind has one more."""
        return replace(self, par_genre={**self.par_genre, genre: self.par_genre.get(genre, 0) + 1})


def places(seance: "Seance", maintenant: datetime.datetime | None = None) -> Places:
    """Return the seats of one date."""
    return places_de([seance], maintenant)[seance.pk]


def places_de(seances: "Iterable[Seance]", maintenant: datetime.datetime | None = None) -> dict[int, Places]:
    """Return the seats of many dates by id, in one query whatever their number."""
    from evenements.models import EtatInscription

    dates = list(seances)
    now = maintenant or timezone.now()
    taken: dict[int, dict[str, int]] = defaultdict(dict)
    waiting: dict[int, int] = defaultdict(int)
    reserved: dict[int, list[tuple[str, int, int | None]]] = defaultdict(list)
    for pk, genre, etat, nombre, jours in _prises_et_reservees(dates):
        if etat == RESERVEES:
            reserved[pk].append((genre, nombre, jours))
        elif etat == EtatInscription.EN_ATTENTE:
            waiting[pk] += nombre
        else:
            taken[pk][genre] = taken[pk].get(genre, 0) + nombre
    return {
        date.pk: Places(
            date.capacite,
            taken[date.pk],
            {
                genre: nombre
                for genre, nombre, jours in reserved[date.evenement_id]
                if date.capacite is not None and not _relachees(date.debut, jours, now)
            },
            waiting[date.pk],
        )
        for date in dates
    }


def _prises_et_reservees(dates: "list[Seance]") -> "QuerySet[Any, tuple[int, str, str, int, int | None]]":
    """Count who has a seat or waits, by date and kind, and the seats reserved, by event and kind."""
    from evenements.models import AVEC_PLACE, EtatInscription, Inscription, QuotaParticipants

    counted = Inscription.objects.filter(
        seance__in=[date.pk for date in dates], etat__in=[*AVEC_PLACE, EtatInscription.EN_ATTENTE]
    )
    taken = counted.order_by().values_list("seance_id", "genre", "etat").annotate(nombre=Count("pk"), jours=AUCUN)
    limited = {date.evenement_id for date in dates if date.capacite is not None}
    quotas = QuotaParticipants.objects.filter(evenement__in=limited).order_by()
    reserved = quotas.annotate(etat=Value(RESERVEES), jours=F("evenement__quotas_relaches_jours")).values_list(
        "evenement_id", "genre", "etat", "places", "jours"
    )
    return taken.union(reserved, all=True)


def _relachees(debut: datetime.datetime, jours: int | None, now: datetime.datetime) -> bool:
    """Whether reserved seats are given back to all, so many days before the start."""
    return jours is not None and now >= debut - datetime.timedelta(days=jours)


class EtatInscriptions(StrEnum):
    """Whether, and how, one may register for a date."""

    LIBRE = "libre"
    EXTERNE = "externe"
    PAS_ENCORE = "pas_encore"
    OUVERTES = "ouvertes"
    # Full, but one may wait.
    ATTENTE = "attente"
    COMPLETES = "completes"
    CLOSES = "closes"
    REPORTEE = "reportee"
    ANNULEE = "annulee"
    PASSEES = "passees"


def etat_inscriptions(
    seance: "Seance", maintenant: datetime.datetime | None = None, places_: Places | None = None
) -> EtatInscriptions:
    """Say whether one may register for a date; pass its seats when they are known. Reads its event."""
    from evenements.models import ModeInscription

    now = maintenant or timezone.now()
    event = seance.evenement
    refused = _fermee(seance, event, now)
    if refused is not None:
        return refused
    if event.inscription == ModeInscription.AUCUNE:
        return EtatInscriptions.LIBRE
    if event.inscription == ModeInscription.EXTERNE:
        return EtatInscriptions.EXTERNE
    if event.inscriptions_fermees or now >= cloture(seance):
        return EtatInscriptions.CLOSES
    if event.inscriptions_ouvrent_le is not None and now < event.inscriptions_ouvrent_le:
        return EtatInscriptions.PAS_ENCORE
    if (places_ or places(seance, now)).restantes != 0:
        return EtatInscriptions.OUVERTES
    return EtatInscriptions.ATTENTE if event.liste_attente else EtatInscriptions.COMPLETES


def _fermee(seance: "Seance", event: "Evenement", now: datetime.datetime) -> EtatInscriptions | None:
    """What closes a date whatever the way to register."""
    from evenements.models import StatutEvenement

    if seance.annulee:
        return EtatInscriptions.ANNULEE
    if event.statut == StatutEvenement.REPORTE:
        return EtatInscriptions.REPORTEE
    return EtatInscriptions.PASSEES if now >= seance.debut else None


def cloture(seance: "Seance") -> datetime.datetime:
    """When registrations close by themselves."""
    return seance.debut - datetime.timedelta(hours=seance.evenement.cloture_heures)
