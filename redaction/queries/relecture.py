"""Questions about reviews."""

from typing import Any

from django.db.models import Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Cast
from wagtail.models import Page, Revision, TaskState

from redaction.roles import COTES


def cotes_de(user: Any) -> list[str]:
    """Return the sides for which a person may approve, asked once per request."""
    if not hasattr(user, "_cotes"):
        names = set(user.groups.filter(name__in=COTES.values()).values_list("name", flat=True)) if user.pk else set()
        user._cotes = [side for side, name in COTES.items() if name in names] if user.is_active else []
    return list(user._cotes)


def auteurs(page: Page) -> set[int]:
    """Return whoever wrote a revision of the page since its last publication."""
    written = Revision.objects.for_instance(page).exclude(user=None)
    if page.live_revision_id:
        written = written.filter(created_at__gt=page.live_revision.created_at)
    return set(written.order_by().values_list("user_id", flat=True).distinct())


def a_relire_par(task: Any, user: Any) -> QuerySet[TaskState]:
    """Return the reviews in progress that wait for a person: see `RelectureEnBinome.get_actions`.

    A side that is missing may be given by whoever wrote nothing of it, and gave nothing to it.
    """
    if not (sides := cotes_de(user)):
        return TaskState.objects.none()
    missing = Q()
    for side in sides:
        missing |= ~Q(revision__approbations__cote=side)
    waiting = libres(task.task_states.filter(status=TaskState.STATUS_IN_PROGRESS), user).filter(missing)
    return waiting.exclude(revision__approbations__user=user).exclude(ecrites_par(user))


def libres(states: QuerySet[TaskState], user: Any) -> QuerySet[TaskState]:
    """Leave out the pages that somebody else holds."""
    return states.exclude(sur_pages(Q(locked=True) & (Q(locked_by=None) | ~Q(locked_by=user.pk))))


def sur_pages(condition: Q, state: str = "workflow_state__") -> Exists:
    """Tell whether the page of a state, whose key is a text, answers a condition."""
    key = Cast(OuterRef(f"{state}object_id"), IntegerField())
    return Exists(Page.objects.filter(condition, pk=key).order_by())


def ecrites_par(user: Any) -> Exists:
    """Tell whether a person wrote something of the page since its last publication."""
    page = Page.objects.filter(pk=Cast(OuterRef("object_id"), IntegerField())).order_by()
    written = Revision.objects.filter(
        user=user,
        base_content_type=OuterRef("workflow_state__base_content_type"),
        object_id=OuterRef("workflow_state__object_id"),
    )
    published = Subquery(page.values("live_revision__created_at"))
    since = Q(publiee=None) | Q(created_at__gt=F("publiee"))
    return Exists(written.annotate(publiee=published).filter(since).order_by())
