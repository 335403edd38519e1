"""Resources that the public proposes."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.html import linebreaks
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log
from wagtail.models import Page

from fiches.forms import PropositionFicheForm
from fiches.models import FichePage, FichesIndexPage
from redaction.models import Proposition
from redaction.operations.propositions import ImpossibleError
from redaction.propositions import Genre, register


@transaction.atomic
def creer_brouillon(proposition: Proposition, user: Any) -> Page:
    """Make the French draft of a proposed resource, for the person who accepts it. Nothing of who sent it goes in."""
    index = FichesIndexPage.objects.filter(locale__language_code="fr").order_by("path").first()
    if index is None:
        raise ImpossibleError("Il n’y a pas encore d’index des fiches en français, où ranger le brouillon.")
    if not index.permissions_for_user(user).can_add_subpage():
        raise PermissionDenied
    fiche = FichePage(
        title=proposition.titre,
        # Wagtail makes no address of a title without Latin letters; an editor may choose another.
        slug="" if slugify(proposition.titre) else f"proposition-{proposition.pk}",
        resume=str(proposition.details.get("resume", ""))[:300],
        locale=index.locale,
        owner=user,
        live=False,
        has_unpublished_changes=True,
    )
    fiche.corps = [("texte", linebreaks(proposition.texte, autoescape=True))]
    index.add_child(instance=fiche)
    log(fiche, "wagtail.create", user=user)
    fiche.save_revision(user=user, log_action=True)
    return fiche


def enregistrer() -> None:
    """Called when the app is ready."""
    register(
        Genre(
            "fiche",
            _("Une fiche"),
            _("Une méthode, un outil, une expérience qui peut servir à d’autres."),
            PropositionFicheForm,
            creer_page=creer_brouillon,
        )
    )
