"""Who may do what with the facts of events and with those who register."""

from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet

from evenements.models import AgendaPage, Evenement
from evenements.permissions import peut_animer
from evenements.queries.inscriptions import INSCRIRE, peut_inscrire
from socle.models import Utilisateur

VOIR, AJOUTER = "evenements.view_evenement", "evenements.add_evenement"
SUPPRIMER = "evenements.delete_evenement"


def peut_lire(user: Any) -> bool:
    """Whether somebody reads the facts in the admin; those who register are another matter."""
    return bool(user.has_perm(VOIR)) or peut_animer(user)


def peut_annoncer(user: Any) -> bool:
    """Whether somebody announces a meeting: its facts, and the draft of its French page."""
    index = agenda_francais()
    return bool(index is not None and user.has_perm(AJOUTER) and index.permissions_for_user(user).can_add_subpage())


def peut_supprimer(user: Any) -> bool:
    return bool(user.has_perm(SUPPRIMER))


def lit_les_besoins(user: Any, evenement: Evenement) -> bool:
    """Whether somebody reads what people need in order to take part: the organisers of that event, and nobody else."""
    return peut_inscrire(user) and evenement.responsables.filter(pk=user.pk).exists()


def responsables_possibles(evenement: Evenement | None = None) -> QuerySet[Utilisateur]:
    """Those who may answer for an event: whoever handles registrations, and those who answer for it already."""
    label, codename = INSCRIRE.split(".")
    handles = Q(groups__permissions__codename=codename, groups__permissions__content_type__app_label=label)
    allowed = Q(is_active=True) & (handles | Q(is_superuser=True))
    if evenement is not None and evenement.pk:
        allowed |= Q(pk__in=evenement.responsables.values("pk"))
    return Utilisateur.objects.filter(allowed).distinct().order_by("last_name", "first_name", "pk")


def agenda_francais() -> AgendaPage | None:
    """The agenda below which a new event is written."""
    pages = AgendaPage.objects.filter(locale__language_code=settings.LANGUAGE_CODE)
    found: AgendaPage | None = pages.order_by("path").first()
    return found
