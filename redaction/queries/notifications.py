"""Who is to be told of what happens to a page."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from wagtail.models import Page, TaskState

from redaction.models.notifications import Genre, Notification, PreferenceNotification, Rythme
from redaction.models.propositions import A_TRAITER, Proposition
from redaction.models.relecture import EtapeVerrouillee
from redaction.queries.propositions import TRAITER, peut_voir
from redaction.queries.roles import membres
from redaction.roles import REDACTION, REDACTION_FALC, TRADUCTIONS


def redacteurs(langue: str) -> set[int]:
    """Return the people who write the pages of a language, whoever began them."""
    return membres(*(role.nom for role in (REDACTION, REDACTION_FALC, *TRADUCTIONS) if langue in role.langues))


def traitent_les_propositions() -> set[int]:
    """Return the people who decide on proposals."""
    people = get_user_model()._default_manager.with_perm(TRAITER, include_superusers=False)
    return set(people.values_list("pk", flat=True))


def rythmes(users: set[int]) -> dict[int, str]:
    """Return how often each of these people wants to be told; those who cannot sign in are left out."""
    chosen = dict(PreferenceNotification.objects.filter(user__in=users).values_list("user_id", "rythme"))
    people = get_user_model()._default_manager.filter(pk__in=users, is_active=True).order_by("pk")
    return {pk: chosen.get(pk, Rythme.IMMEDIAT.value) for pk in people.values_list("pk", flat=True)}


def qui_attendent(rythme: Rythme) -> QuerySet[Any]:
    """Return the people of that rhythm who have something to be told."""
    chosen = Q(preference_notification__rythme=rythme)
    if rythme == Rythme.IMMEDIAT:
        chosen |= Q(preference_notification=None)
    waiting = Notification.objects.filter(envoyee_le=None)
    return get_user_model()._default_manager.filter(chosen, pk__in=waiting.values("user")).order_by("pk")


def _attend(step: TaskState, page: Page, user: Any) -> bool:
    """Tell whether a step still waits for a person. When the first mail leaves, the page does not know of it yet."""
    task = step.task.specific
    if step.status != TaskState.STATUS_IN_PROGRESS or not task.user_can_access_editor(page, user):
        return False
    return not isinstance(task, EtapeVerrouillee) or task.attend_encore(page, user)


# What apps above ask of their own kinds, before a mail leaves.
_encore_vraies: dict[str, Callable[[Any], bool]] = {}


def register(genre: Genre, encore_vraie: Callable[[Any], bool]) -> None:
    """Say, from an app's `ready()`, whether what notifications of a kind tell of their page is still true."""
    _encore_vraies[genre.value] = encore_vraie


def a_dire(notification: Notification) -> bool:
    """Tell whether it is still true, and still for that person: nobody is told of what she may not open."""
    user, step = notification.user, notification.etape
    if not user.is_active or not user.has_perm("wagtailadmin.access_admin"):
        return False
    sujet = notification.sujet
    if isinstance(sujet, Proposition):
        return peut_voir(user) and sujet.etat in A_TRAITER
    if step is not None:
        return _attend(step, sujet, user)
    encore_vraie = _encore_vraies.get(notification.genre)
    if encore_vraie is not None and not encore_vraie(sujet):
        return False
    return bool(sujet.permissions_for_user(user).can_edit())
