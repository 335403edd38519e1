"""What the desk shows: which pages wait for whom, since when, and where those that somebody sent are.

The functions return states of the workflow, to be counted and cut in pages; `redaction.queries.lignes` then says all
about those of one page together.
"""

import datetime
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import CharField, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Cast
from django.utils import timezone
from wagtail.models import Page, Revision, Task, TaskState, WorkflowState, get_default_page_content_type
from wagtail.permissions import page_permission_policy

from redaction.queries.relecture import sur_pages

# How long a page that was published stays among what its author sent.
PUBLIEES_DEPUIS = datetime.timedelta(days=30)
# For the steps that have no delay of their own, in days.
DELAI = 7


@dataclass(frozen=True)
class Filtres:
    """What a person looks for in the desk; empty values look for everything."""

    q: str = ""
    genre: int | None = None
    langue: str = ""
    etape: int | None = None
    age: int | None = None

    @property
    def pages(self) -> Q:
        """The conditions on the page itself."""
        found = Q()
        if self.q:
            found &= Q(draft_title__icontains=self.q)
        if self.genre:
            found &= Q(content_type_id=self.genre)
        if self.langue:
            found &= Q(locale__language_code=self.langue)
        return found

    @property
    def avant(self) -> datetime.datetime | None:
        return timezone.now() - datetime.timedelta(days=self.age) if self.age else None

    def etats(self, states: QuerySet[TaskState]) -> QuerySet[TaskState]:
        """Keep the states of tasks that are looked for."""
        if self.etape:
            states = states.filter(task_id=self.etape)
        if self.avant:
            states = states.filter(started_at__lte=self.avant)
        return states.filter(sur_pages(self.pages)) if self.pages else states


def etapes(user: Any) -> list[Task]:
    """Return the steps of all workflows, asked once per request."""
    if not hasattr(user, "_etapes"):
        user._etapes = list(Task.objects.active().specific().order_by("pk"))
    return list(user._etapes)


def delai(etape: Task) -> int:
    """Return after how many days a page is late at a step."""
    return int(getattr(etape, "delai", DELAI))


def relit(user: Any) -> bool:
    """Tell whether a person has something to decide at one of the steps."""
    return user.is_active and any(etape.user_can_access_editor(None, user) for etape in etapes(user))


def ecrit(user: Any) -> bool:
    """Tell whether a person may write pages, were they only their own."""
    return bool(page_permission_policy.user_has_any_permission(user, {"add", "change"}))


def suit(user: Any) -> bool:
    """Tell whether a person follows the pages of others."""
    if not user.is_active or user.is_superuser:
        return bool(user.is_active)
    rights = page_permission_policy.get_cached_permissions_for_user(user)
    return any(right.permission.codename == "change_page" for right in rights)


def etats_en_cours() -> QuerySet[TaskState]:
    """Return what is at a step of a workflow of pages, what waits longest first."""
    states = TaskState.objects.filter(
        status=TaskState.STATUS_IN_PROGRESS,
        workflow_state__status=WorkflowState.STATUS_IN_PROGRESS,
        workflow_state__base_content_type=get_default_page_content_type(),
    )
    return states.order_by("started_at", "pk")


def attend_de(user: Any) -> QuerySet[TaskState]:
    """Return what a person may approve now."""
    waiting = [etape.get_task_states_user_can_moderate(user) for etape in etapes(user)]
    found = [Q(pk__in=states.order_by().values("pk")) for states in waiting if not states.query.is_empty()]
    return etats_en_cours().filter(reduce(or_, found)) if found else TaskState.objects.none()


def en_cours(user: Any) -> QuerySet[TaskState]:
    """Return what is in review among the pages that a person may change."""
    if user.is_superuser and user.is_active:
        return etats_en_cours()
    pages = page_permission_policy.instances_user_has_permission_for(user, "change")
    if pages.query.is_empty():
        return TaskState.objects.none()
    return etats_en_cours().filter(sur_pages(Q(pk__in=pages.order_by().values("pk"))))


def en_retard(user: Any) -> QuerySet[TaskState]:
    """Return what is in review for longer than its step allows."""
    now = timezone.now()
    late = [Q(task_id=etape.pk, started_at__lte=now - datetime.timedelta(days=delai(etape))) for etape in etapes(user)]
    return en_cours(user).filter(reduce(or_, late)) if late else TaskState.objects.none()


def envoyees_par(user: Any, filtres: Filtres | None = None) -> QuerySet[WorkflowState]:
    """Return where the pages that a person sent or owns are: in review, sent back, or published a short while ago."""
    filtres = filtres or Filtres()
    later = WorkflowState.objects.filter(
        base_content_type=OuterRef("base_content_type"), object_id=OuterRef("object_id"), pk__gt=OuterRef("pk")
    )
    # Those who put a page back in review read where it is now, and no more that it was published.
    recent = ~Exists(later) & Q(
        status=WorkflowState.STATUS_APPROVED, current_task_state__finished_at__gte=timezone.now() - PUBLIEES_DEPUIS
    )
    own = Page.objects.filter(owner=user.pk).order_by().values_list(Cast("pk", CharField()))
    states = WorkflowState.objects.filter(
        Q(status__in=(WorkflowState.STATUS_IN_PROGRESS, WorkflowState.STATUS_NEEDS_CHANGES)) | recent,
        Q(requested_by=user.pk) | Q(object_id__in=own),
        base_content_type=get_default_page_content_type(),
    )
    if filtres.etape:
        states = states.filter(current_task_state__task_id=filtres.etape)
    if filtres.avant:
        states = states.filter(current_task_state__started_at__lte=filtres.avant)
    if filtres.pages:
        states = states.filter(sur_pages(filtres.pages, ""))
    return states.order_by("-current_task_state__started_at", "-pk")


def programmee() -> Exists:
    """Tell whether a page waits for the date that was approved with its text."""
    scheduled = Revision.objects.filter(
        base_content_type=get_default_page_content_type(),
        object_id=Cast(OuterRef("pk"), CharField()),
        approved_go_live_at__isnull=False,
    )
    return Exists(scheduled.order_by())


def brouillons_de(user: Any, filtres: Filtres | None = None) -> QuerySet[Page]:
    """Return the pages of a person that have changes nobody was asked to review."""
    filtres = filtres or Filtres()
    sent = WorkflowState.objects.active().filter(
        base_content_type=get_default_page_content_type(), object_id=Cast(OuterRef("pk"), CharField())
    )
    pages = Page.objects.filter(
        Q(owner=user.pk) | Q(latest_revision__user=user.pk), ~Exists(sent), filtres.pages, has_unpublished_changes=True
    )
    if filtres.avant:
        pages = pages.filter(latest_revision_created_at__lte=filtres.avant)
    return pages.order_by("-latest_revision_created_at", "-pk")
