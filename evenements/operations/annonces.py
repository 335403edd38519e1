"""A meeting is announced: its facts and the draft of its French page come together, and leave together."""

import uuid
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.text import slugify
from wagtail.log_actions import log

from evenements.erreurs import ImpossibleError
from evenements.models import Evenement, EvenementPage, Inscription, JetonEnquete, ReponseEnquete, Seance
from evenements.models.pages import SLUGS_RESERVES
from evenements.operations.evenements import enregistrer
from evenements.queries.droits import agenda_francais, peut_annoncer, peut_supprimer
from socle import generation

SANS_AGENDA = "Il n’y a pas encore d’agenda en français, où ranger la page."
DES_INSCRITS = (
    "Des personnes se sont inscrites : annulez la rencontre, pour qu’elles soient prévenues et qu’il en reste trace."
)
DES_REPONSES = "Des personnes ont répondu à l’enquête : cette rencontre a eu lieu, elle reste."
PUBLIQUE = "Sa page est publique, ou l’a été : annulez plutôt la rencontre. Les lecteurs verront qu’elle n’a pas lieu."


@transaction.atomic
def annoncer(evenement: Evenement, par: Any) -> EvenementPage:
    """Save a new event, validated, and make the draft of its French page; return the page."""
    index = agenda_francais()
    if index is None:
        raise ImpossibleError(SANS_AGENDA)
    if not peut_annoncer(par):
        raise PermissionDenied
    saved = enregistrer(evenement, par)
    page = EvenementPage(
        title=saved.nom,
        slug=_adresse(saved),
        evenement=saved,
        translation_key=saved.cle,
        locale=index.locale,
        owner=par,
        live=False,
        has_unpublished_changes=True,
    )
    index.add_child(instance=page)
    log(page, "wagtail.create", user=par, uuid=uuid.uuid4())
    # A draft has no words yet.
    page.save_revision(user=par, log_action=True, clean=False)
    return page


def _adresse(evenement: Evenement) -> str:
    """Return an empty address, that Wagtail makes of the title, unless it could not or the agenda answers it itself."""
    made = slugify(evenement.nom)
    return "" if made and made not in SLUGS_RESERVES else f"rencontre-{evenement.pk}"


def refus_de_suppression(evenement: Evenement) -> str:
    """Say why an event stays, empty when nothing holds it."""
    if Inscription.objects.filter(seance__evenement=evenement).exists():
        return DES_INSCRITS
    if ReponseEnquete.objects.filter(seance__evenement=evenement).exists():
        return DES_REPONSES
    public = evenement.pages.filter(live=True) | evenement.pages.exclude(first_published_at=None)
    return PUBLIQUE if public.exists() else ""


@transaction.atomic
def supprimer(evenement_id: int, par: Any) -> str:
    """Delete an event that nobody registered for, with its dates and the drafts of its pages; return its name."""
    if not peut_supprimer(par):
        raise PermissionDenied
    evenement = Evenement.objects.select_for_update(of=("self",)).get(pk=evenement_id)
    seances = list(Seance.objects.filter(evenement=evenement).order_by("pk").select_for_update(of=("self",)))
    if refusal := refus_de_suppression(evenement):
        raise ImpossibleError(refusal)
    for page in evenement.pages.order_by("-path"):
        log(page, "wagtail.delete", user=par, deleted=True, uuid=uuid.uuid4())
        page.delete()
    JetonEnquete.objects.filter(seance__in=seances).delete()
    Seance.objects.filter(pk__in=[seance.pk for seance in seances]).delete()
    log(evenement, "wagtail.delete", user=par, deleted=True, uuid=uuid.uuid4())
    nom = evenement.nom
    evenement.delete()
    generation.increment()
    return nom
