"""How a registration goes from one state to another. Nothing else does; docs/inscriptions.md draws this table."""

from enum import StrEnum

from evenements.models import EtatInscription as Etat


class Geste(StrEnum):
    """What changes the state of a registration."""

    CONFIRMER = "confirmer"
    ACCEPTER = "accepter"
    REFUSER = "refuser"
    ANNULER = "annuler"
    INSCRIRE = "inscrire par l’équipe"
    ADMETTRE = "admettre le jour même"
    PROPOSER = "proposer une place"
    REPRENDRE = "annuler la date"
    LAISSER_PASSER = "laisser passer l’offre"
    EXPIRER = "ne pas confirmer"


TRANSITIONS = frozenset(
    {
        (Etat.A_CONFIRMER, Geste.CONFIRMER, Etat.CONFIRMEE),
        (Etat.A_CONFIRMER, Geste.CONFIRMER, Etat.EN_ATTENTE),
        (Etat.A_CONFIRMER, Geste.INSCRIRE, Etat.CONFIRMEE),
        (Etat.A_CONFIRMER, Geste.INSCRIRE, Etat.EN_ATTENTE),
        (Etat.A_CONFIRMER, Geste.ADMETTRE, Etat.CONFIRMEE),
        (Etat.A_CONFIRMER, Geste.ANNULER, Etat.ANNULEE),
        (Etat.A_CONFIRMER, Geste.EXPIRER, Etat.EXPIREE),
        (Etat.EN_ATTENTE, Geste.PROPOSER, Etat.OFFRE),
        (Etat.EN_ATTENTE, Geste.INSCRIRE, Etat.CONFIRMEE),
        (Etat.EN_ATTENTE, Geste.ADMETTRE, Etat.CONFIRMEE),
        (Etat.EN_ATTENTE, Geste.ANNULER, Etat.ANNULEE),
        (Etat.OFFRE, Geste.ACCEPTER, Etat.CONFIRMEE),
        (Etat.OFFRE, Geste.INSCRIRE, Etat.CONFIRMEE),
        (Etat.OFFRE, Geste.ADMETTRE, Etat.CONFIRMEE),
        (Etat.OFFRE, Geste.REFUSER, Etat.ANNULEE),
        (Etat.OFFRE, Geste.ANNULER, Etat.ANNULEE),
        (Etat.OFFRE, Geste.REPRENDRE, Etat.EN_ATTENTE),
        (Etat.OFFRE, Geste.LAISSER_PASSER, Etat.EXPIREE),
        (Etat.CONFIRMEE, Geste.ANNULER, Etat.ANNULEE),
    }
)
