"""What people who registered are told when a date changes, and what becomes of their seats.

Called by the operations on dates and events, in their transaction, once for each change of each date, when the new
facts are written. Nobody is told anything of a date that is over.
"""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from babel.lists import format_list
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from evenements import adresses
from evenements.courriels import Courrier, oublier
from evenements.models import EtatInscription, Inscription, Seance
from evenements.operations.attente import proposer
from evenements.operations.verrous import passer, sous_verrou
from evenements.transitions import Geste


class Avis(StrEnum):
    """What happened to a date."""

    DEPLACEE = "deplacee"
    ANNULEE = "annulee"
    REPORTEE = "reportee"
    RETABLIE = "retablie"
    # Those who connect do it elsewhere.
    LIEN = "lien"
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


LETTRES = {
    Avis.DEPLACEE: "date_changee",
    Avis.ANNULEE: "date_annulee",
    Avis.REPORTEE: "date_reportee",
    Avis.RETABLIE: "date_retablie",
    Avis.LIEN: "date_changee",
}


def prevenir_les_inscrits(
    seance: Seance, avis: Avis, avant: Avant | None = None, maintenant: datetime.datetime | None = None
) -> int:
    """Tell everyone registered for a date what happened to it; return how many were told.

    `avant` goes with `DEPLACEE`. The reason given is `seance.motif`, else `seance.evenement.motif_statut`. Seats are
    kept whatever happens: those of a date that is cancelled are still there if it is held after all.
    """
    with sous_verrou(seance.pk) as date:
        now = maintenant or timezone.now()
        if now >= date.fin:
            return 0
        number = 0
        if avis is not Avis.PLACES:
            courrier = Courrier(date)
            for one in _personnes(date):
                _accorder(one, date, avis)
                number += _prevenir(courrier, one, avis, avant)
        proposer(date, now)
        return number


def _personnes(date: Seance) -> Iterator[Inscription]:
    """Those who have a seat, an offer or a rank, and an address."""
    people = Inscription.objects.filter(seance=date).adressees().select_for_update(of=("self",))
    for one in people.order_by("pk"):
        one.seance = date
        yield one


def _accorder(inscription: Inscription, date: Seance, avis: Avis) -> None:
    """Take back the mails that have not left and tell the old facts, and the offers that these facts make void."""
    oublier(inscription, "rappel")
    if inscription.etat != EtatInscription.OFFRE:
        return
    if avis in {Avis.ANNULEE, Avis.REPORTEE}:
        # Nobody can answer: back to the same rank.
        oublier(inscription, "offre")
        passer(inscription, Geste.REPRENDRE, EtatInscription.EN_ATTENTE)
    elif inscription.offre_expire_le is not None and inscription.offre_expire_le > date.debut:
        inscription.offre_expire_le = date.debut
        inscription.save(update_fields=["offre_expire_le"])


def _prevenir(courrier: Courrier, inscription: Inscription, avis: Avis, avant: Avant | None) -> bool:
    date = courrier.seance
    # The online address is given to registered people alone, and only they are told that it changes.
    if avis is Avis.LIEN and inscription.etat != EtatInscription.CONFIRMEE:
        return False
    contexte = {}
    if avis in {Avis.ANNULEE, Avis.REPORTEE}:
        contexte["motif"] = date.motif or date.evenement.motif_statut
    elif avis in {Avis.DEPLACEE, Avis.LIEN}:
        contexte["change"] = _ce_qui_change(adresses.langue_connue(inscription.langue), date, avis, avant)
    # The date or its event has changed: each change has numbers of its own.
    suite = f"{date.sequence}.{date.evenement.sequence}"
    return courrier.ecrire(inscription, LETTRES[avis], suite, **contexte)


def _ce_qui_change(langue: str, date: Seance, avis: Avis, avant: Avant | None) -> str:
    def differe(*champs: str) -> bool:
        return avant is not None and any(getattr(avant, champ) != getattr(date, champ) for champ in champs)

    with override(langue):
        found = [
            name
            for changed, name in (
                (differe("debut", "fin", "journee_entiere"), _("la date ou l’heure")),
                (differe("mode", "lieu_id"), _("le lieu")),
                (avis is Avis.LIEN, _("l’adresse en ligne")),
            )
            if changed
        ]
        return format_list(found or [_("la date ou l’heure")], locale=langue.partition("-")[0])
