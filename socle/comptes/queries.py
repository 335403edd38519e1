"""Who must have a second factor, and who has one."""

from allauth.mfa.models import Authenticator
from django.conf import settings

from socle.models import Utilisateur

SECONDS_FACTEURS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


def second_facteur_exige(user: Utilisateur) -> bool:
    """Tell whether the settings ask this person for a second factor."""
    if user.is_superuser and settings.MFA_REQUIRED_FOR_SUPERUSERS:
        return True
    groups = settings.MFA_REQUIRED_GROUPS
    return bool(groups) and user.groups.filter(name__in=groups).exists()


def a_un_second_facteur(user: Utilisateur) -> bool:
    """Tell whether this person signs in with an application or a passkey; recovery codes alone do not count."""
    return Authenticator.objects.filter(user=user, type__in=SECONDS_FACTEURS).exists()
