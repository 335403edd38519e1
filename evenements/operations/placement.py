"""What the gestures of a person and those of the team share: a seat or a rank, needs, the log."""

import datetime
from collections.abc import Collection
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Max
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from evenements.courriels import Courrier
from evenements.erreurs import ImpossibleError
from evenements.models import BesoinAcces, EtatInscription, Inscription, Seance
from evenements.operations.attente import proposer
from evenements.operations.verrous import passer
from evenements.queries.inscriptions import peut_inscrire
from evenements.queries.places import places
from evenements.transitions import Geste
from socle.accessibilite import Accessibilite


def placer(inscription: Inscription, geste: Geste, now: datetime.datetime) -> None:
    """Give a seat, after those who wait and fit; else the last rank of the list."""
    date = inscription.seance
    proposer(date, now)
    if places(date, now).accepte(inscription.genre):
        passer(inscription, geste, EtatInscription.CONFIRMEE, confirmee_le=now)
        Courrier(date).ecrire(inscription, "inscrite")
    elif date.evenement.liste_attente:
        passer(inscription, geste, EtatInscription.EN_ATTENTE, attend_depuis=_dernier_rang(date, now))
        Courrier(date).ecrire(inscription, "attente")
    else:
        raise ImpossibleError(_("Il n’y a plus de place à cette date."))


def _dernier_rang(date: Seance, now: datetime.datetime) -> datetime.datetime:
    """Return a moment after that of everybody who ever waited: the clocks of two machines may differ."""
    last = Inscription.objects.filter(seance=date).aggregate(dernier=Max("attend_depuis"))["dernier"]
    return max(now, last + datetime.timedelta(microseconds=1)) if last else now


def noter_besoins(inscription: Inscription, besoins: Collection[str], texte: str) -> None:
    """Keep what somebody needs in order to take part, in the place of what was."""
    known = sorted(set(besoins) & set(Accessibilite.values))
    if known or texte.strip():
        values = {"besoins": known, "texte": texte.strip()}
        BesoinAcces.objects.update_or_create(inscription=inscription, defaults=values)
    else:
        BesoinAcces.objects.filter(inscription=inscription).delete()


def exiger_l_equipe(user: Any) -> None:
    if not peut_inscrire(user):
        raise PermissionDenied


def noter_au_journal(inscription: Inscription, action: str, user: Any) -> None:
    """Write what the team did in the log, which outlives the name: under the number alone."""
    title = f"Inscription n° {inscription.pk}"
    log(inscription, f"evenements.inscription.{action}", user=user, title=title)
