"""What people are told of: the steps of the workflow, and publications."""

from typing import Any

from wagtail.log_actions import get_active_log_context
from wagtail.models import Page, TaskState, WorkflowState
from wagtail.signals import task_submitted, workflow_approved, workflow_rejected

from redaction.models import Genre
from redaction.models.relecture import EtapeVerrouillee
from redaction.operations.notifications import notifier
from socle.dates import today
from socle.publication import publiee


def on_task_submitted(instance: TaskState, user: Any = None, **kwargs: Any) -> None:
    user = user or get_active_log_context().user
    page, step = instance.workflow_state.content_object, instance.task.specific
    if not isinstance(page, Page):
        return
    if isinstance(step, EtapeVerrouillee):
        people, genre = step.a_prevenir(page), step.genre_de_notification
        notifier(genre, page, people, _tour(instance), sauf=user, etape=instance)


def _tour(state: TaskState) -> str:
    """Name a round of reviews: until changes are asked for, new revisions are told once a day at most."""
    before = state.workflow_state.task_states.filter(status=TaskState.STATUS_REJECTED).count()
    return f"{state.workflow_state_id}-{before}-{today()}"


def on_workflow_approved(instance: WorkflowState, user: Any = None, **kwargs: Any) -> None:
    page, revision = instance.content_object, instance.current_task_state.revision
    if not isinstance(page, Page):
        return
    live = Page.objects.filter(pk=page.pk, live_revision=revision).exists()
    genre = Genre.PUBLIEE if live else Genre.APPROUVEE
    notifier(genre, page, {instance.requested_by_id, page.owner_id}, str(revision.pk), sauf=user)


def on_workflow_rejected(instance: WorkflowState, user: Any = None, **kwargs: Any) -> None:
    page = instance.content_object
    if isinstance(page, Page):
        people = {instance.requested_by_id, page.owner_id}
        notifier(Genre.A_MODIFIER, page, people, str(instance.current_task_state_id), sauf=user)


def on_published(page: Page, revision: Any = None, **kwargs: Any) -> None:
    """Tell those who wrote the page; whoever publishes it at this moment knows."""
    if revision is not None:
        people = {page.owner_id, revision.user_id}
        notifier(Genre.PUBLIEE, page, people, str(revision.pk), sauf=get_active_log_context().user)


def connect() -> None:
    """Called when the app is ready."""
    task_submitted.connect(on_task_submitted, dispatch_uid="redaction.task_submitted")
    workflow_approved.connect(on_workflow_approved, dispatch_uid="redaction.workflow_approved")
    workflow_rejected.connect(on_workflow_rejected, dispatch_uid="redaction.workflow_rejected")
    publiee.connect(on_published, dispatch_uid="redaction.published")
