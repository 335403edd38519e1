"""Where a term is added."""

from typing import Any

from django.conf import settings
from django.urls import reverse

from glossaire.models import GlossairePage

AJOUTER = "glossaire_ajouter"


def glossaire_francais() -> GlossairePage | None:
    found: GlossairePage | None = GlossairePage.objects.filter(locale__language_code=settings.LANGUAGE_CODE).first()
    return found


def adresse_nouveau_mot(user: Any) -> str:
    """Where the admin writes a new French term, empty for whoever may not."""
    index = glossaire_francais()
    if index is None or not index.permissions_for_user(user).can_add_subpage():
        return ""
    return reverse(AJOUTER, args=[index.pk])
