"""What follows from the events that django-allauth announces."""

from typing import Any

from allauth.account.signals import password_reset
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from django.http import HttpRequest

from socle.comptes.operations import confirmer_adresse, fermer_sessions
from socle.comptes.queries import SECONDS_FACTEURS
from socle.models import Utilisateur


def _on_password_reset(user: Utilisateur, **kwargs: Any) -> None:
    # The link was sent to this address: whoever followed it reads its mail.
    confirmer_adresse(user)


def _on_authenticator_added(
    request: HttpRequest, user: Utilisateur, authenticator: Authenticator, **kwargs: Any
) -> None:
    # A session opened before, elsewhere, has never shown the second factor.
    others = Authenticator.objects.filter(user=user, type__in=SECONDS_FACTEURS).exclude(pk=authenticator.pk)
    if authenticator.type in SECONDS_FACTEURS and not others.exists():
        fermer_sessions(user, sauf=request.session.session_key)


def connect() -> None:
    """Called once, when the app is ready."""
    password_reset.connect(_on_password_reset, dispatch_uid="comptes.password_reset")
    authenticator_added.connect(_on_authenticator_added, dispatch_uid="comptes.authenticator_added")
