"""Questions about reviews."""

from typing import Any

from django.db.models import QuerySet
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
    """Return the reviews in progress that a person of one of the sides has neither written nor approved."""
    if not cotes_de(user):
        return TaskState.objects.none()
    waiting = task.task_states.filter(status=TaskState.STATUS_IN_PROGRESS).exclude(revision__user=user)
    return waiting.exclude(revision__approbations__user=user)
