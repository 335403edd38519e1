"""Changes of state of the proposals from outside. Each one locks the proposal, reads it again, then writes."""

import datetime
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import Page

from redaction.models import ContactProposition, EtatProposition, MessageProposition, Proposition
from redaction.models import Genre as Nouvelle
from redaction.operations.notifications import notifier
from redaction.propositions import CONSENTEMENT, Genre, genre
from redaction.queries.notifications import traitent_les_propositions
from redaction.queries.propositions import peut_traiter
from redaction.tasks.propositions import ecrire_a_la_personne
from socle.sites import url_of

NON_CONFIRMEES = datetime.timedelta(days=7)
CONSERVATION = datetime.timedelta(days=365)

Nature = MessageProposition.Nature


class ImpossibleError(Exception):
    """The proposal is not, or no longer, in a state that allows this. The message is for people."""


@dataclass(frozen=True)
class Depot:
    """What a visitor sends. Without `courriel`, nobody can be answered."""

    genre: Genre
    langue: str
    titre: str = ""
    texte: str = ""
    details: dict[str, str] = field(default_factory=dict)
    page: Page | None = None
    page_adresse: str = ""
    nom: str = ""
    courriel: str = ""
    signature: bool = False


# --- From outside ---


@transaction.atomic
def deposer(depot: Depot) -> Proposition:
    """Store a proposal, who sent it apart, and with both the mail that asks to confirm the address."""
    now = timezone.now()
    waits = depot.genre.confirme
    proposition = Proposition.objects.create(
        genre=depot.genre.cle,
        etat=EtatProposition.A_CONFIRMER if waits else EtatProposition.RECUE,
        recue_le=None if waits else now,
        langue=depot.langue,
        titre=depot.titre,
        texte=depot.texte,
        details=depot.details,
        page=depot.page,
        page_titre=depot.page.title if depot.page else "",
        page_adresse=(url_of(depot.page) if depot.page else depot.page_adresse)[:500],
    )
    if depot.courriel:
        ContactProposition.objects.create(
            proposition=proposition,
            nom=depot.nom,
            courriel=depot.courriel,
            signature=depot.signature,
            consentement=CONSENTEMENT,
            consenti_le=now,
        )
        ecrire_a_la_personne.enqueue(proposition.pk, "confirmer" if waits else "accuser")
    if not waits:
        _prevenir(proposition)
    return proposition


def _prevenir(proposition: Proposition) -> None:
    """Tell whoever deals with a proposal, or all who may, that it has arrived or that its author has answered."""
    people = {proposition.traitee_par_id} if proposition.traitee_par_id else traitent_les_propositions()
    answers = proposition.messages.filter(nature=Nature.REPONSE).count()
    notifier(Nouvelle.PROPOSITION, proposition, people, str(answers))


@transaction.atomic
def confirmer(proposition_id: int) -> bool:
    """Record that the address is that of the person; false when it was done already."""
    proposition = _verrouiller(proposition_id)
    contact = ContactProposition.objects.filter(proposition=proposition, confirme_le=None).first()
    if proposition is None or contact is None:
        return False
    contact.confirme_le = timezone.now()
    contact.save(update_fields=["confirme_le"])
    if proposition.etat == EtatProposition.A_CONFIRMER:
        proposition.etat = EtatProposition.RECUE
        proposition.recue_le = contact.confirme_le
        proposition.save(update_fields=["etat", "recue_le"])
        log(proposition, "redaction.proposition.recevoir")
        _prevenir(proposition)
    return True


@transaction.atomic
def completer(message_id: int, texte: str) -> bool:
    """Add the answer to a question of the team; false when it has one, or when it is too late."""
    question = MessageProposition.objects.filter(pk=message_id, nature=Nature.QUESTION).first()
    if question is None:
        return False
    proposition = _verrouiller(question.proposition_id)
    if proposition is None:
        return False
    question.refresh_from_db()
    if question.repondu_le or proposition.etat != EtatProposition.A_PRECISER:
        return False
    question.repondu_le = timezone.now()
    question.save(update_fields=["repondu_le"])
    proposition.messages.create(nature=Nature.REPONSE, texte=texte)
    proposition.etat = EtatProposition.EN_COURS
    proposition.save(update_fields=["etat"])
    log(proposition, "redaction.proposition.completer")
    _prevenir(proposition)
    return True


# --- From the team ---


@transaction.atomic
def prendre_en_charge(proposition_id: int, user: Any) -> Proposition:
    """Say to the others who deals with it."""
    proposition = _ouverte(proposition_id, user)
    if proposition.traitee_par_id == user.pk:
        raise ImpossibleError("Vous suivez déjà cette proposition.")
    proposition.traitee_par = user
    if proposition.etat == EtatProposition.RECUE:
        proposition.etat = EtatProposition.EN_COURS
    proposition.save(update_fields=["traitee_par", "etat"])
    log(proposition, "redaction.proposition.prendre", user=user)
    return proposition


@transaction.atomic
def demander_des_precisions(proposition_id: int, user: Any, question: str) -> Proposition:
    """Mail a question, with a link to answer it without an account."""
    proposition = _ouverte(proposition_id, user)
    if not proposition.joignable:
        raise ImpossibleError("L’adresse de la personne n’est pas confirmée : elle ne recevrait pas la question.")
    # One question at a time: the link of the one before no longer opens anything.
    proposition.messages.filter(nature=Nature.QUESTION, repondu_le=None).update(repondu_le=timezone.now())
    message = proposition.messages.create(nature=Nature.QUESTION, texte=_dit(question), auteur=user)
    proposition.etat = EtatProposition.A_PRECISER
    proposition.traitee_par = user
    proposition.save(update_fields=["etat", "traitee_par"])
    log(proposition, "redaction.proposition.preciser", user=user)
    ecrire_a_la_personne.enqueue(proposition.pk, "preciser", message.pk)
    return proposition


@transaction.atomic
def accepter(proposition_id: int, user: Any, reponse: str = "") -> Proposition:
    """Close it as accepted; make the draft of the page where the kind makes one."""
    proposition = _ouverte(proposition_id, user)
    kind = genre(proposition.genre)
    if kind is not None and kind.creer_page is not None:
        proposition.page_creee = kind.creer_page(proposition, user)
    _clore(proposition, EtatProposition.ACCEPTEE, user, reponse.strip())
    log(proposition, "redaction.proposition.accepter", user=user)
    return proposition


@transaction.atomic
def refuser(proposition_id: int, user: Any, motif: str) -> Proposition:
    """Close it with a reason, which the person receives."""
    proposition = _ouverte(proposition_id, user)
    _clore(proposition, EtatProposition.REFUSEE, user, _dit(motif))
    log(proposition, "redaction.proposition.refuser", user=user)
    return proposition


@transaction.atomic
def noter(proposition_id: int, user: Any, texte: str) -> Proposition:
    """Add a note that stays inside the team."""
    proposition = _ouverte(proposition_id, user)
    proposition.messages.create(nature=Nature.NOTE, texte=_dit(texte), auteur=user)
    log(proposition, "redaction.proposition.noter", user=user)
    return proposition


@transaction.atomic
def effacer_coordonnees(proposition_id: int, user: Any) -> Proposition:
    """Delete who sent a proposal, open or closed, when they ask for it."""
    proposition = _traitable(proposition_id, user)
    if not ContactProposition.objects.filter(proposition=proposition).delete()[0]:
        raise ImpossibleError("Les coordonnées sont déjà effacées.")
    if proposition.etat == EtatProposition.A_PRECISER:  # nobody can answer any more
        proposition.etat = EtatProposition.EN_COURS
        proposition.save(update_fields=["etat"])
    log(proposition, "redaction.proposition.effacer", user=user)
    return proposition


def _clore(proposition: Proposition, etat: EtatProposition, user: Any, reponse: str) -> None:
    proposition.etat = etat
    proposition.close_le = timezone.now()
    proposition.traitee_par = user
    proposition.motif = reponse
    proposition.save()
    if reponse:
        proposition.messages.create(nature=Nature.DECISION, texte=reponse, auteur=user)
    if proposition.joignable:
        made_nothing = etat == EtatProposition.ACCEPTEE and proposition.page_creee_id is None
        ecrire_a_la_personne.enqueue(proposition.pk, "traitee" if made_nothing else str(etat))


def _verrouiller(proposition_id: int) -> Proposition | None:
    """Hold the proposal until the end of the transaction; None when it was deleted meanwhile."""
    found: Proposition | None = Proposition.objects.select_for_update().filter(pk=proposition_id).first()
    return found


def _traitable(proposition_id: int, user: Any) -> Proposition:
    if not peut_traiter(user):
        raise PermissionDenied
    proposition = _verrouiller(proposition_id)
    if proposition is None or proposition.etat == EtatProposition.A_CONFIRMER:
        raise PermissionDenied
    return proposition


def _ouverte(proposition_id: int, user: Any) -> Proposition:
    proposition = _traitable(proposition_id, user)
    if proposition.close:
        raise ImpossibleError("Cette proposition est close : quelqu’un y a répondu.")
    return proposition


def _dit(texte: str) -> str:
    """What must be said, said."""
    if not texte.strip():
        raise ImpossibleError("Écrivez votre message.")
    return texte.strip()


# --- By themselves ---


def oublier_propositions(maintenant: datetime.datetime | None = None) -> int:
    """Delete proposals never confirmed, and who sent those closed long ago with what was said; return how many."""
    now = maintenant or timezone.now()
    unconfirmed = Proposition.objects.filter(
        etat=EtatProposition.A_CONFIRMER, cree_le__lt=now - NON_CONFIRMEES
    ).delete()[1]
    closed = Proposition.objects.filter(close_le__lt=now - CONSERVATION)
    contacts = ContactProposition.objects.filter(proposition__in=closed).delete()[0]
    # An answer may say who its author is.
    MessageProposition.objects.filter(proposition__in=closed).delete()
    return unconfirmed.get(Proposition._meta.label, 0) + contacts
