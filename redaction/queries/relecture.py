"""Questions about reviews."""

from typing import Any

from django.db.models import BigIntegerField, Exists, F, OuterRef, Q, QuerySet, Subquery
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
    """Return the reviews in progress that a person of one of the sides has neither written nor approved."""
    if not cotes_de(user):
        return TaskState.objects.none()
    waiting = task.task_states.filter(status=TaskState.STATUS_IN_PROGRESS)
    return waiting.exclude(Exists(_ecrites_par(user))).exclude(Exists(_approuvees_par(user)))


def _ecrites_par(user: Any) -> QuerySet[Revision]:
    """Return, for a task state, what a person wrote on its page since the last publication: `auteurs()`, in SQL."""
    page = Page.objects.filter(pk=Cast(OuterRef("object_id"), BigIntegerField()))
    own = Revision.objects.filter(
        base_content_type=OuterRef("revision__base_content_type"), object_id=OuterRef("revision__object_id"), user=user
    )
    own = own.annotate(publiee_le=Subquery(page.values("live_revision__created_at")))
    return own.filter(Q(publiee_le=None) | Q(created_at__gt=F("publiee_le")))


def _approuvees_par(user: Any) -> QuerySet[Revision]:
    return Revision.objects.filter(pk=OuterRef("revision_id"), approbations__user=user)
