"""Seats for those who wait: the first come first, among those who fit."""

import datetime
import logging
from collections.abc import Callable, Iterable

from django.utils import timezone

from evenements.courriels import Courrier, debut_en_cle
from evenements.models import EtatInscription, Inscription, Participant, Seance, StatutEvenement
from evenements.operations.verrous import passer, sous_verrou
from evenements.queries.places import places, places_de
from evenements.transitions import Geste

logger = logging.getLogger(__name__)


def proposer_places(seance_id: int, maintenant: datetime.datetime | None = None) -> int:
    """Offer the seats that are free to those who wait; return how many. Asked for twice, it finds nothing more.

    Whoever does not fit (the seats left are reserved for others) is passed by one who does, and keeps their rank.
    """
    with sous_verrou(seance_id) as date:
        return proposer(date, maintenant or timezone.now())


def proposer(date: Seance, now: datetime.datetime) -> int:
    """The same, for a date that is held."""
    if now >= date.debut or date.annulee or date.evenement.statut == StatutEvenement.REPORTE:
        return 0
    waiting = Inscription.objects.filter(seance=date).en_attente()
    seats = places(date, now)
    number = 0
    while kinds := [kind for kind in Participant.values if seats.accepte(kind)]:
        first = waiting.filter(genre__in=kinds).select_for_update(of=("self",)).first()
        if first is None:
            break
        _offrir(first, date, now)
        seats = seats.avec(first.genre)
        number += 1
    return number


def _offrir(inscription: Inscription, date: Seance, now: datetime.datetime) -> None:
    inscription.seance = date
    terme = min(now + datetime.timedelta(hours=date.evenement.offre_heures), date.debut)
    passer(inscription, Geste.PROPOSER, EtatInscription.OFFRE, offre_expire_le=terme)
    Courrier(date).ecrire(inscription, "offre", debut_en_cle(terme))


def laisser_passer(maintenant: datetime.datetime | None = None) -> int:
    """Close the offers whose time is over, and offer their seats to the next; return how many were closed."""
    now = maintenant or timezone.now()
    lapsed = Inscription.objects.filter(
        etat=EtatInscription.OFFRE, offre_expire_le__lte=now, seance__statut=Seance.Statut.PREVUE
    )
    return _pour_chacune(lapsed.order_by().values_list("seance_id", flat=True).distinct(), _laisser_passer, now)


def _laisser_passer(date: Seance, now: datetime.datetime) -> int:
    lapsed = Inscription.objects.filter(seance=date, etat=EtatInscription.OFFRE, offre_expire_le__lte=now)
    courrier = Courrier(date)
    number = 0
    for one in lapsed.select_for_update(of=("self",)).order_by("attend_depuis", "pk"):
        one.seance = date
        passer(one, Geste.LAISSER_PASSER, EtatInscription.EXPIREE, close_le=now)
        # Once it has begun there is nothing left to do about it.
        if now < date.debut:
            courrier.ecrire(one, "passee")
        number += 1
    proposer(date, now)
    return number


def proposer_ce_qui_est_libre(maintenant: datetime.datetime | None = None) -> int:
    """Offer what no gesture has: seats no longer reserved, or added; return how many."""
    now = maintenant or timezone.now()
    waiting = Inscription.objects.filter(etat=EtatInscription.EN_ATTENTE, seance__debut__gt=now)
    dates = Seance.objects.filter(
        pk__in=waiting.values("seance_id"), statut=Seance.Statut.PREVUE, evenement__statut=StatutEvenement.PREVU
    )
    seats = places_de(dates, now)
    return _pour_chacune([pk for pk, found in seats.items() if found.restantes != 0], proposer, now)


def _pour_chacune(
    dates: Iterable[int], faire: Callable[[Seance, datetime.datetime], int], now: datetime.datetime
) -> int:
    """Do the same on each date, in a transaction of its own: one that fails does not stop the others."""
    number = 0
    for pk in list(dates):
        try:
            with sous_verrou(pk) as date:
                number += faire(date, now)
        except Exception:
            logger.exception("The seats of date %s could not be given", pk)
    return number
