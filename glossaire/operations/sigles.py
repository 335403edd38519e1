"""Acronyms that editors set aside, and take back."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError

from glossaire.models import SigleCourant
from glossaire.queries.completer import peut_completer
from glossaire.sigles import LONGUEUR_MAX


def ecarter(sigle: str, user: Any) -> None:
    """No longer tell editors of an acronym. Doing it twice changes nothing."""
    if not peut_completer(user):
        raise PermissionDenied
    if not 1 < len(sigle) <= LONGUEUR_MAX or not sigle.isalnum() or not sigle.isupper():
        raise ValidationError("Ce n’est pas un sigle.")
    SigleCourant.objects.get_or_create(sigle=sigle, defaults={"ecarte_par": user})


def reprendre(sigle: str, user: Any) -> None:
    """Tell editors of an acronym again."""
    if not peut_completer(user):
        raise PermissionDenied
    SigleCourant.objects.filter(sigle=sigle).delete()
