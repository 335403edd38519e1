"""Those who register for a date, as the team sees them: lists, numbers, places in the queue."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Window
from django.db.models.functions import Lower, RowNumber

from evenements.models import (
    AVEC_PLACE,
    OUVERTS,
    BesoinAcces,
    EtatInscription,
    Evenement,
    Inscription,
    Participant,
    Seance,
)
from evenements.queries.equipe import Places, places_des

TRIS: dict[str, tuple[str, tuple[Any, ...]]] = {
    "": ("Nom", (Lower("nom"), "pk")),
    "cree_le": ("Ordre d’arrivée", ("cree_le", "pk")),
    "-cree_le": ("Les dernières d’abord", ("-cree_le", "-pk")),
    "genre": ("Participe comme", ("genre", Lower("nom"), "pk")),
    "etat": ("Place dans la liste d’attente", (F("attend_depuis").asc(nulls_last=True), "pk")),
}


@dataclass(frozen=True)
class FiltresInscrits:
    """What to look for among those who register."""

    q: str = ""
    etat: str = "ouverts"
    genre: str = ""
    tri: str = ""


def inscrits(seance: Seance, filtres: FiltresInscrits) -> QuerySet[Inscription]:
    """Those of a date whom the filters look for."""
    found = Inscription.objects.filter(seance=seance)
    for word in filtres.q.split():
        found = found.filter(Q(nom__unaccent__icontains=word) | Q(courriel__icontains=word))
    if filtres.etat == "ouverts":
        found = found.filter(etat__in=OUVERTS)
    elif filtres.etat:
        found = found.filter(etat=filtres.etat)
    if filtres.genre:
        found = found.filter(genre=filtres.genre)
    return found.order_by(*TRIS[filtres.tri][1])


def rangs_d_attente(seance: Seance) -> dict[int, int]:
    """Return the place of each waiting person: the first is 1."""
    waiting = Inscription.objects.filter(seance=seance, etat=EtatInscription.EN_ATTENTE)
    numbered = waiting.annotate(rang=Window(RowNumber(), order_by=[F("attend_depuis").asc(), F("pk").asc()]))
    return dict(numbered.values_list("pk", "rang"))


@dataclass(frozen=True)
class Quota:
    """Seats kept for one kind of participants, and how many have been taken."""

    nom: str
    pris: int
    places: int


@dataclass(frozen=True)
class Totaux:
    """The numbers of a date."""

    places: Places
    par_genre: list[tuple[str, int]]
    quotas: list[Quota]
    besoins: int
    remboursements: int


def totaux(seance: Seance, evenement: Evenement) -> Totaux:
    """Count those of a date: seats, kinds, quotas, how many have needs (which ones is for the organisers)."""
    held = Inscription.objects.filter(seance=seance, etat__in=AVEC_PLACE)
    by_kind = dict(held.order_by().values_list("genre").annotate(Count("pk")))
    needs = Exists(BesoinAcces.objects.filter(inscription=OuterRef("pk")))
    counts = Inscription.objects.filter(seance=seance, etat__in=OUVERTS).aggregate(
        besoins=Count("pk", filter=needs), remboursements=Count("pk", filter=Q(remboursement_demande=True))
    )
    return Totaux(
        places=places_des([seance])[seance.pk],
        par_genre=[(str(kind.label), by_kind[kind.value]) for kind in Participant if kind.value in by_kind],
        quotas=[
            Quota(quota.get_genre_display(), by_kind.get(quota.genre, 0), quota.places)
            for quota in evenement.quotas.all()
        ],
        besoins=counts["besoins"],
        remboursements=counts["remboursements"],
    )


def besoins_de(inscriptions: Iterable[Inscription]) -> dict[int, BesoinAcces]:
    """The needs of these people; who asks must be an organiser (`droits.lit_les_besoins`)."""
    rows = BesoinAcces.objects.filter(inscription__in=[each.pk for each in inscriptions])
    return {row.inscription_id: row for row in rows}


def pour_la_feuille(seance: Seance) -> QuerySet[Inscription]:
    """Those whom one expects, and those who came without being expected, by name."""
    expected = Q(etat__in=AVEC_PLACE) | Q(source=Inscription.Source.SUR_PLACE, etat=EtatInscription.CONFIRMEE)
    return Inscription.objects.filter(expected | Q(present=True), seance=seance).order_by(Lower("nom"), "pk")


def destinataires(seance: Seance, avec_attente: bool) -> QuerySet[Inscription]:
    """Those to whom a message about a date is written."""
    states = [*AVEC_PLACE, *([EtatInscription.EN_ATTENTE] if avec_attente else [])]
    return Inscription.objects.filter(seance=seance, etat__in=states).exclude(courriel="").order_by("pk")
