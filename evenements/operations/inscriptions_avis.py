"""What people who registered are told when the date itself changes, and what becomes of their seats.

Called by `operations.seances` in the transaction of the change, once the new facts are written: the keys of the mails hold
the `sequence` of the date, which has grown. Nobody is told anything about a date that is over.
"""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from babel.lists import format_list
from django.utils import timezone
from django.utils.translation import gettext_lazy, override

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
    """Tell everyone registered for a date what happened to it; return how many were told."""
    motif = seance.motif or seance.evenement.motif_statut
    if avis is Avis.ANNULEE:
        return prevenir_annulation(seance, motif)
    if avis is Avis.REPORTEE:
        return prevenir_report(seance, motif)
    if avis is Avis.RETABLIE:
        return prevenir_retablissement(seance)
    return prevenir_changement(avant or seance, seance)


def prevenir_annulation(seance: Seance, motif: str = "", maintenant: datetime.datetime | None = None) -> int:
    """Tell everybody that a date will not be held; return how many. They keep their seats, should it be held after all."""
    return _date_fermee(seance, "date_annulee", motif, maintenant)


def prevenir_report(seance: Seance, motif: str = "", maintenant: datetime.datetime | None = None) -> int:
    """Tell everybody that a date is postponed and the new one not known; they keep their seats."""
    return _date_fermee(seance, "date_reportee", motif, maintenant)


def _date_fermee(seance: Seance, quoi: str, motif: str, maintenant: datetime.datetime | None) -> int:
    with sous_verrou(seance.pk) as date:
        if (maintenant or timezone.now()) >= date.fin:
            return 0
        courrier = Courrier(date)
        number = 0
        for one in _personnes(date):
            oublier(one)
            if one.etat == EtatInscription.OFFRE:
                # Nobody can answer; back to the same rank.
                passer(one, Geste.REPRENDRE, EtatInscription.EN_ATTENTE)
            number += courrier.ecrire(one, quoi, str(date.sequence), motif=motif)
        return number


def prevenir_retablissement(seance: Seance, maintenant: datetime.datetime | None = None) -> int:
    """Tell everybody that a date that was cancelled or postponed will be held, then offer the seats that are free."""
    with sous_verrou(seance.pk) as date:
        now = maintenant or timezone.now()
        if now >= date.fin:
            return 0
        courrier = Courrier(date)
        number = 0
        for one in _personnes(date):
            oublier(one)
            number += courrier.ecrire(one, "date_retablie", str(date.sequence))
        proposer(date, now)
        return number


# What changes for people, and how it is called; the rest of the facts is none of their concern.
CHANGEMENTS = (
    (("debut", "fin", "journee_entiere"), gettext_lazy("la date ou l’heure")),
    (("mode", "lieu_id"), gettext_lazy("le lieu")),
    (("lien_en_ligne",), gettext_lazy("l’adresse en ligne")),
)


def prevenir_changement(avant: Seance | Avant, seance: Seance, maintenant: datetime.datetime | None = None) -> int:
    """Tell everybody what has changed between two states of a date, and offer the seats it gained; return how many were told.

    The online address concerns those who have it. `avant` is the date as it was, `seance` as it is now.
    """
    with sous_verrou(seance.pk) as date:
        now = maintenant or timezone.now()
        changed = [(fields, name) for fields, name in CHANGEMENTS if any(_differe(avant, date, f) for f in fields)]
        number = 0
        if changed and now < date.fin and not date.annulee:
            courrier = Courrier(date)
            for one in _personnes(date):
                number += _dire_le_changement(courrier, one, changed)
        proposer(date, now)
        return number


def _differe(avant: Seance | Avant, apres: Seance, champ: str) -> bool:
    return bool(getattr(avant, champ, getattr(apres, champ)) != getattr(apres, champ))


def _dire_le_changement(
    courrier: Courrier, inscription: Inscription, changed: list[tuple[tuple[str, ...], object]]
) -> bool:
    date = courrier.seance
    registered = inscription.etat == EtatInscription.CONFIRMEE
    known = [name for fields, name in changed if registered or fields != ("lien_en_ligne",)]
    # Reminders that have not left tell the old facts.
    oublier(inscription, "rappel")
    terme = inscription.offre_expire_le
    if terme is not None and terme > date.debut:
        inscription.offre_expire_le = date.debut
        inscription.save(update_fields=["offre_expire_le"])
    if not known:
        return False
    langue = adresses.langue_connue(inscription.langue)
    with override(langue):
        change = format_list([str(name) for name in known], locale=langue.partition("-")[0])
    return courrier.ecrire(inscription, "date_changee", str(date.sequence), change=change)


def _personnes(date: Seance) -> Iterator[Inscription]:
    """Those who have a seat, an offer or a rank, and an address; the first who asked first."""
    people = Inscription.objects.filter(seance=date).adressees().select_for_update(of=("self",))
    for one in people.order_by("pk"):
        one.seance = date
        yield one
