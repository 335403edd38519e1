"""What changes the state of an account, besides what django-allauth does itself."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone

from socle.comptes.chiffrement import cipher
from socle.models import Utilisateur


@transaction.atomic
def confirmer_adresse(user: Utilisateur) -> None:
    """Make the address of the account its only one, verified.

    For whoever vouches for it: the administration that typed it, or the person who followed a link sent there. Without
    this, an address that the administration has replaced would still open the account.
    """
    email = user.email.lower()
    if user.email != email:
        user.email = email
        user.save(update_fields=["email"])
    EmailAddress.objects.filter(user=user).exclude(email=email).delete()
    EmailAddress.objects.filter(email=email).exclude(user=user).delete()
    EmailAddress.objects.update_or_create(user=user, email=email, defaults={"primary": True, "verified": True})


def fermer_sessions(user: Utilisateur, *, sauf: str | None = None) -> int:
    """Sign the person out everywhere, except in the session whose key is `sauf`; return how many sessions ended."""
    sessions = UserSession.objects.filter(user=user).exclude(session_key=sauf)
    for session in sessions:
        session.end()
    return len(sessions)


@transaction.atomic
def retirer_second_facteur(user: Utilisateur) -> int:
    """Take every second factor and recovery code away, and every session; return how many were taken.

    For a person who has lost them all, once recognised by other means.
    """
    number, _details = Authenticator.objects.filter(user=user).delete()
    fermer_sessions(user)
    return number


@transaction.atomic
def rechiffrer_seconds_facteurs() -> int:
    """Encrypt the secrets again with the present key, so that older ones can be thrown away; return how many."""
    number = 0
    for authenticator in Authenticator.objects.select_for_update().exclude(type=Authenticator.Type.WEBAUTHN):
        for name in authenticator.data.keys() & {"secret", "seed"}:
            authenticator.data[name] = cipher().rotate(authenticator.data[name].encode()).decode()
            number += 1
        authenticator.save(update_fields=["data"])
    return number


def effacer_traces_de_sessions() -> int:
    """Delete what was noted of sessions that are over: browser, pseudonym of the address; return how many."""
    open_sessions = Session.objects.filter(expire_date__gt=timezone.now())
    return UserSession.objects.exclude(session_key__in=open_sessions.values("session_key")).delete()[0]
