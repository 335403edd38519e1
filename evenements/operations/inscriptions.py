"""Changes of state of registrations, asked for by the person. Each one holds the date, reads, then writes.

Those of the team, of the clock and of the date itself are in the modules beside; all are called from here.
"""

import datetime
from collections.abc import Collection
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from evenements.courriels import Courrier, oublier
from evenements.erreurs import ImpossibleError
from evenements.jetons import A_CONFIRMER_SOUS
from evenements.models import BesoinAcces, EtatInscription, Inscription, Seance, StatutEvenement
from evenements.operations.attente import laisser_passer, proposer, proposer_ce_qui_est_libre, proposer_places
from evenements.operations.inscriptions_equipe import ajouter_sur_place, inscrire_par_equipe, pointer
from evenements.operations.oubli import anonymiser, effacer_besoins, expirer_non_confirmees
from evenements.operations.placement import exiger_l_equipe, noter_au_journal, noter_besoins, placer
from evenements.operations.rappels import rappeler
from evenements.operations.verrous import inscription_sous_verrou, passer, sous_verrou
from evenements.queries.places import EtatInscriptions, etat_inscriptions, places
from evenements.transitions import Geste
from socle.rate_limit import allowed_to

JOUR = 24 * 3600
# Whoever asks, on whatever machine: what one address receives in a day about one date, and in all.
PAR_DATE, PAR_ADRESSE = 3, 20


def demander(
    seance: Seance,
    *,
    nom: str,
    courriel: str,
    genre: str,
    departement: str = "",
    structure: str = "",
    langue: str,
    remboursement: bool = False,
    besoins: Collection[str] = (),
    besoins_texte: str = "",
    maintenant: datetime.datetime | None = None,
) -> Inscription:
    """Ask for a seat; nothing is held until the address is confirmed by the link of the mail.

    Asked again with the same address, the mail that tells where it stands leaves again. Whoever asks is answered the
    same in all cases: the form says to nobody who is registered. Raises `ImpossibleError` for what depends on the date
    alone.
    """
    details = {
        "nom": nom.strip(),
        "courriel": courriel.strip(),
        "genre": genre,
        "departement": departement,
        "structure": structure.strip(),
        "langue": langue,
        "remboursement_demande": remboursement,
    }
    with sous_verrou(seance.pk) as date:
        now = maintenant or timezone.now()
        _exiger_ouverte(date, genre, now)
        found = Inscription.objects.filter(seance=date).ouvertes().d_adresse(details["courriel"]).first()
        if found is None:
            found = Inscription.objects.create(seance=date, **details)
            Inscription.objects.filter(pk=found.pk).update(cree_le=now)
            found.cree_le = now
            noter_besoins(found, besoins, besoins_texte)
        elif found.etat == EtatInscription.A_CONFIRMER:
            # Nobody's yet: the last who filled the form corrects it, and confirms it or not.
            for name, value in {**details, "cree_le": now}.items():
                setattr(found, name, value)
            found.save(update_fields=[*details, "cree_le"])
            noter_besoins(found, besoins, besoins_texte)
        found.seance = date
        _ecrire_ou_cela_en_est(found)
        return found


ETAPES = {
    EtatInscription.A_CONFIRMER: "adresse",
    EtatInscription.CONFIRMEE: "inscrite",
    EtatInscription.EN_ATTENTE: "attente",
    EtatInscription.OFFRE: "offre",
}


def _ecrire_ou_cela_en_est(inscription: Inscription) -> None:
    """Mail where a registration stands, as often as it is asked for within reason."""
    address = inscription.courriel.lower()
    about = f"{inscription.seance_id}:{address}"
    if not (
        allowed_to(about, "inscription_date", limit=PAR_DATE, period=JOUR)
        and allowed_to(address, "inscription", limit=PAR_ADRESSE, period=JOUR)
    ):
        return
    Courrier(inscription.seance).redire(inscription, ETAPES[EtatInscription(inscription.etat)])


def _exiger_ouverte(date: Seance, genre: str, now: datetime.datetime) -> None:
    """Refuse what nobody can ask for at this date, whoever they are."""
    etat = etat_inscriptions(date, now)
    refused = {
        EtatInscriptions.LIBRE: _("L’entrée est libre : il n’y a pas besoin de s’inscrire."),
        EtatInscriptions.EXTERNE: _("L’inscription se fait sur un autre site."),
        EtatInscriptions.PAS_ENCORE: _("Les inscriptions ne sont pas encore ouvertes."),
        EtatInscriptions.COMPLETES: _("Il n’y a plus de place à cette date."),
        EtatInscriptions.CLOSES: _("Les inscriptions sont closes."),
        EtatInscriptions.REPORTEE: _("Cette rencontre est reportée. Une nouvelle date sera annoncée."),
        EtatInscriptions.ANNULEE: _("Cette rencontre est annulée."),
        EtatInscriptions.PASSEES: _("Cette rencontre a déjà commencé."),
    }
    if etat in refused:
        raise ImpossibleError(refused[etat])
    if not date.evenement.liste_attente and not places(date, now).accepte(genre):
        raise ImpossibleError(_("Les places qui restent sont réservées à d’autres participants."))


def _exiger_maintenue(date: Seance, now: datetime.datetime) -> None:
    """Refuse what cannot be done on a date that will not be held, or that has begun."""
    if date.annulee:
        raise ImpossibleError(_("Cette rencontre est annulée."))
    if date.evenement.statut == StatutEvenement.REPORTE:
        raise ImpossibleError(_("Cette rencontre est reportée. Une nouvelle date sera annoncée."))
    if now >= date.debut:
        raise ImpossibleError(_("Cette rencontre a déjà commencé."))


def confirmer(inscription_id: int, maintenant: datetime.datetime | None = None) -> Inscription:
    """Give a seat to whoever confirms their address, else a rank on the waiting list. Done twice, it says the same.

    Whoever asked before the registrations closed may still confirm, unless the team has closed them by hand.
    """
    with inscription_sous_verrou(inscription_id) as found:
        now = maintenant or timezone.now()
        if found.etat in {EtatInscription.CONFIRMEE, EtatInscription.EN_ATTENTE, EtatInscription.OFFRE}:
            return found
        if found.etat == EtatInscription.ANNULEE:
            raise ImpossibleError(_("Cette inscription est annulée. Vous pouvez vous inscrire à nouveau."))
        if found.etat == EtatInscription.EXPIREE or now >= found.cree_le + A_CONFIRMER_SOUS:
            raise ImpossibleError(_("Ce lien n’est plus valable. Vous pouvez vous inscrire à nouveau."))
        _exiger_maintenue(found.seance, now)
        if found.seance.evenement.inscriptions_fermees:
            raise ImpossibleError(_("Les inscriptions sont closes."))
        placer(found, Geste.CONFIRMER, now)
        return found


def annuler(inscription_id: int, par: Any = None, maintenant: datetime.datetime | None = None) -> Inscription:
    """Give up a seat, a rank or a demand; the seat goes to who waits. Done twice, it says the same."""
    if par is not None:
        exiger_l_equipe(par)
    with inscription_sous_verrou(inscription_id) as found:
        now = maintenant or timezone.now()
        if found.etat in {EtatInscription.ANNULEE, EtatInscription.EXPIREE}:
            return found
        if now >= found.seance.fin:
            raise ImpossibleError(_("Cette rencontre a déjà eu lieu."))
        known = found.etat != EtatInscription.A_CONFIRMER
        _quitter(found, Geste.ANNULER, now)
        # An address that nobody has confirmed is not written to again.
        if known and not found.seance.annulee:
            Courrier(found.seance).ecrire(found, "annulee", par_l_equipe="oui" if par is not None else "")
        if par is not None:
            noter_au_journal(found, "annuler", par)
        return found


def _quitter(inscription: Inscription, geste: Geste, now: datetime.datetime) -> None:
    oublier(inscription)
    BesoinAcces.objects.filter(inscription=inscription).delete()
    passer(inscription, geste, EtatInscription.ANNULEE, close_le=now)
    proposer(inscription.seance, now)


def accepter_offre(inscription_id: int, maintenant: datetime.datetime | None = None) -> Inscription:
    """Take the seat that is offered. Done twice, it says the same."""
    with inscription_sous_verrou(inscription_id) as found:
        now = maintenant or timezone.now()
        if found.etat == EtatInscription.CONFIRMEE:
            return found
        _exiger_une_offre(found, now)
        oublier(found)
        passer(found, Geste.ACCEPTER, EtatInscription.CONFIRMEE, confirmee_le=now)
        Courrier(found.seance).ecrire(found, "inscrite")
        return found


def refuser_offre(inscription_id: int, maintenant: datetime.datetime | None = None) -> Inscription:
    """Leave the seat that is offered, and the list; it goes to the next. Done twice, it says the same."""
    with inscription_sous_verrou(inscription_id) as found:
        now = maintenant or timezone.now()
        if found.etat == EtatInscription.ANNULEE:
            return found
        _exiger_une_offre(found, now)
        _quitter(found, Geste.REFUSER, now)
        Courrier(found.seance).ecrire(found, "annulee")
        return found


def _exiger_une_offre(inscription: Inscription, now: datetime.datetime) -> None:
    _exiger_maintenue(inscription.seance, now)
    terme = inscription.offre_expire_le
    if inscription.etat == EtatInscription.EXPIREE or (terme is not None and now >= terme):
        raise ImpossibleError(_("Le temps pour répondre est passé. Vous pouvez vous inscrire à nouveau."))
    if inscription.etat != EtatInscription.OFFRE:
        raise ImpossibleError(_("Aucune place ne vous est proposée pour le moment."))


__all__ = [
    "accepter_offre",
    "ajouter_sur_place",
    "annuler",
    "anonymiser",
    "confirmer",
    "demander",
    "effacer_besoins",
    "expirer_non_confirmees",
    "inscrire_par_equipe",
    "laisser_passer",
    "noter_besoins",
    "pointer",
    "proposer_ce_qui_est_libre",
    "proposer_places",
    "rappeler",
    "refuser_offre",
]
