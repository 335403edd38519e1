"""Meetings that the public proposes."""

import datetime
from typing import Any
from uuid import uuid4

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.html import linebreaks
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log
from wagtail.models import Comment, Page

from evenements.forms_proposition import HEURE, JOUR, PropositionEvenementForm
from evenements.models import AgendaPage, Evenement, EvenementPage, Mode, ModeInscription, OrganisateurEvenement
from evenements.operations.evenements import enregistrer as enregistrer_les_faits
from redaction.models import Proposition
from redaction.operations.propositions import ImpossibleError
from redaction.propositions import Genre, register
from socle.dates import today

AJOUTER = "evenements.add_evenement"


@transaction.atomic
def creer_brouillon(proposition: Proposition, user: Any) -> Page:
    """Make the facts and the French draft of a proposed meeting, for the person who accepts it.

    Nothing of who sent it goes in. Nobody registers before the team has opened the registrations.
    """
    agenda = AgendaPage.objects.filter(locale__language_code="fr").order_by("path").first()
    if agenda is None:
        raise ImpossibleError("Il n’y a pas encore d’agenda en français, où ranger le brouillon.")
    if not (user.has_perm(AJOUTER) and agenda.permissions_for_user(user).can_add_subpage()):
        raise PermissionDenied
    evenement = _faits(proposition)
    enregistrer_les_faits(evenement, user)
    page = EvenementPage(
        title=proposition.titre,
        # Wagtail makes no address of a title without Latin letters; an editor may choose another.
        slug="" if slugify(proposition.titre) else f"proposition-{proposition.pk}",
        resume=_dit(proposition, "resume")[:300],
        presentation=linebreaks(proposition.texte, autoescape=True) if proposition.texte else "",
        evenement=evenement,
        translation_key=evenement.cle,
        locale=agenda.locale,
        owner=user,
        live=False,
        has_unpublished_changes=True,
    )
    agenda.add_child(instance=page)
    log(page, "wagtail.create", user=user, uuid=uuid4())
    _annoter(page, proposition, user)
    page.save_revision(user=user, log_action=True)
    return page


def _faits(proposition: Proposition) -> Evenement:
    """The facts that can be told from what was proposed. The place is chosen by the team, among those it knows."""
    jour = _lire(_dit(proposition, "jour"), JOUR)
    debut, fin = (_lire(_dit(proposition, name), HEURE) for name in ("heure_debut", "heure_fin"))
    day = jour.date() if jour else today()
    mode = _dit(proposition, "mode")
    evenement = Evenement(
        nom=proposition.titre,
        jour=day,
        jour_fin=day,
        heure_debut=debut.time() if debut and fin else None,
        heure_fin=fin.time() if debut and fin else None,
        mode=mode if mode in Mode.values else Mode.SUR_PLACE,
        inscription=ModeInscription.SITE,
        inscriptions_fermees=True,
    )
    if organisateur := _dit(proposition, "organisateur"):
        evenement.organisateurs = [OrganisateurEvenement(nom=organisateur[:160])]
    return evenement


def _annoter(page: EvenementPage, proposition: Proposition, user: Any) -> None:
    """Leave what no field holds as a note in the margin, for whoever writes the page: it is never published."""
    said = [
        f"{nom} : {texte}"
        for nom, name in (("Lieu proposé", "lieu"), ("Autres dates proposées", "dates"))
        if (texte := _dit(proposition, name))
    ]
    if said:
        said.append("Les faits (date, lieu, places) se règlent dans l’événement. Les inscriptions sont fermées.")
        comments = getattr(page, Comment.page.field.remote_field.related_name)
        comments.add(Comment(user=user, text="\n".join(said), contentpath="presentation"))


def _dit(proposition: Proposition, name: str) -> str:
    return str(proposition.details.get(name, ""))


def _lire(texte: str, pattern: str) -> datetime.datetime | None:
    """Return a day or an hour kept with a proposal; None when there is none."""
    try:
        return datetime.datetime.strptime(texte, pattern)  # noqa: DTZ007 -- a day or an hour of the wall, without a zone
    except ValueError:
        return None


def enregistrer() -> None:
    """Called when the app is ready."""
    register(
        Genre(
            "evenement",
            _("Une rencontre"),
            _("Un café, un atelier, une formation ou un webinaire à mettre dans l’agenda."),
            PropositionEvenementForm,
            creer_page=creer_brouillon,
            icone="rencontrer",
        )
    )
