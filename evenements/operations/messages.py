"""What the team writes to everybody who registered for a date, and what it takes away as a file."""

import uuid
from typing import Any

from django.db import transaction
from django.utils.translation import override
from wagtail.log_actions import log

from evenements import adresses
from evenements.courriels import Courrier
from evenements.erreurs import ImpossibleError
from evenements.models import EtatInscription, Inscription, Seance
from evenements.operations.placement import exiger_l_equipe
from evenements.queries.inscrits import destinataires
from socle.sortie import deposer

ECRIRE, EXPORTER = "evenements.inscriptions.ecrire", "evenements.inscriptions.exporter"
# What is mailed again when somebody lost it, by where their registration stands.
A_REDIRE = {
    EtatInscription.A_CONFIRMER: "adresse",
    EtatInscription.CONFIRMEE: "inscrite",
    EtatInscription.EN_ATTENTE: "attente",
    EtatInscription.OFFRE: "offre",
}


@transaction.atomic
def ecrire_aux_inscrits(seance: Seance, cle: uuid.UUID, sujet: str, texte: str, *, avec_attente: bool, par: Any) -> int:
    """Write to those who registered, each once whatever is sent twice; return how many mails will leave.

    `cle` names this message: the form that is sent again is the same message.
    """
    exiger_l_equipe(par)
    courrier = Courrier(seance)
    number = 0
    for one in destinataires(seance, avec_attente):
        one.seance = seance
        body = corps(courrier, one, texte)
        number += deposer(f"message:{cle}:{one.pk}", one.courriel, sujet, body, a_effacer=True)
    if number:
        data = {"nombre": number, "sujet": sujet, "jour": seance.jour.isoformat()}
        log(seance.evenement, ECRIRE, user=par, data=data, uuid=uuid.uuid4())
    return number


def corps(courrier: Courrier, inscription: Inscription, texte: str) -> str:
    """Return the whole mail: what the team wrote, which meeting it is about, how to cancel."""
    with override(adresses.langue_connue(inscription.langue)):
        parts = [
            texte.strip(),
            courrier.rencontre(inscription.langue),
            courrier.gerer(inscription),
            *courrier.pied(),
        ]
    return "\n\n".join(parts) + "\n"


@transaction.atomic
def renvoyer(inscription_id: int, par: Any) -> Inscription:
    """Mail again to somebody where their registration stands, with their links."""
    exiger_l_equipe(par)
    found = Inscription.objects.select_related("seance__evenement").get(pk=inscription_id)
    quoi = A_REDIRE.get(EtatInscription(found.etat))
    if quoi is None or not found.courriel:
        raise ImpossibleError("Cette personne n’a pas d’adresse, ou son inscription est close.")
    Courrier(found.seance).redire(found, quoi)
    log(found, "evenements.inscription.renvoyer", user=par, title=f"Inscription n° {found.pk}", uuid=uuid.uuid4())
    return found


def noter_l_export(seance: Seance, nombre: int, besoins: bool, par: Any) -> None:
    """Keep in the history of the event who took the list away, and whether needs were in it."""
    exiger_l_equipe(par)
    data = {"nombre": nombre, "besoins": besoins, "jour": seance.jour.isoformat()}
    log(seance.evenement, EXPORTER, user=par, data=data, uuid=uuid.uuid4())
