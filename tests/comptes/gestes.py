"""What a person does on the account pages, in one line."""

import re
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core import mail
from django.core.cache import cache
from django.http import HttpResponse
from django.urls import reverse

from socle.models import Utilisateur
from tests.factories.comptes import MOT_DE_PASSE
from tests.harness.html import StrictClient

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def se_connecter(
    client: StrictClient, user: Utilisateur | str, mot_de_passe: str = MOT_DE_PASSE, suite: str = "", **extra: Any
) -> HttpResponse:
    """Fill the login form in."""
    data = {"login": str(getattr(user, "email", user)), "password": mot_de_passe, **extra.pop("data", {})}
    if suite:
        data["next"] = suite
    return client.post(reverse("account_login"), data, **extra)


def connecte(client: StrictClient) -> bool:
    """Tell whether the account pages open."""
    return bool(client.get(reverse("compte")).status_code == 200)


def client_de(user: Utilisateur) -> StrictClient:
    """Return the client of a person who has just signed in, second factor included."""
    client = StrictClient()
    answer = se_connecter(client, user)
    if answer.headers["Location"] == reverse("mfa_authenticate"):
        client.post(reverse("mfa_authenticate"), {"code": code()})
        # Each code serves once: the next sign-in of the test would have to wait for the next one.
        cache.clear()
    assert connecte(client)
    return client


def confirmer(client: StrictClient) -> None:
    """Type the password again, as sensitive pages ask."""
    client.post(reverse("account_reauthenticate"), {"password": MOT_DE_PASSE})


def code(secret: str = SECRET) -> str:
    """Return what an application would show now."""
    counters = list(yield_hotp_counters_from_time())
    return format_hotp_value(hotp_value(secret, counters[len(counters) // 2]))


def ajouter_application(user: Utilisateur) -> list[str]:
    """Give the person an application and recovery codes; return the codes."""
    TOTP.activate(user, SECRET)
    return RecoveryCodes.activate(user).generate_codes()


def lien_recu(position: int = -1) -> str:
    """Return the path of the link in a mail."""
    found = re.search(r"http://testserver(/\S+)", str(mail.outbox[position].body))
    assert found is not None
    return found[1]


def facteurs(user: Utilisateur) -> set[str]:
    return set(Authenticator.objects.filter(user=user).values_list("type", flat=True))
