"""What is decided from the desk."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from wagtail.models import Page, TaskState

from redaction.models.relecture import suspendue


class DecisionImpossible(Exception):  # noqa: N818 -- the word on the screen
    """A decision that came too late, or too soon; the message is for whoever took it."""


@transaction.atomic
def decider(state: TaskState, user: Any, action: str, revision: int, commentaire: str = "") -> Page:
    """Give somebody's decision on the very revision that they read, and return the page.

    A step refuses whoever has no right with `PermissionDenied`; those who are concerned are told why not now.
    """
    page = Page.objects.select_for_update().get(pk=state.workflow_state.object_id)
    state.refresh_from_db()
    task = state.task.specific
    if not task.user_can_access_editor(page, user):
        raise PermissionDenied
    title = page.get_admin_display_title()
    if page.latest_revision_id != revision:
        raise DecisionImpossible(f"Le texte de « {title} » a changé : relisez-le avant de décider.")
    if state.status != TaskState.STATUS_IN_PROGRESS:
        raise DecisionImpossible(f"« {title} » n’attend plus votre avis : la décision est déjà prise.")
    if suspendue(page, user):
        holder = page.locked_by or "quelqu’un"
        raise DecisionImpossible(f"« {title} » est verrouillée par {holder} : rien ne se décide pour l’instant.")
    if action not in {name for name, _label, _form in task.get_actions(page, user)}:
        raise DecisionImpossible(f"« {title} » n’attend pas cette décision de vous.")
    try:
        task.on_action(state.specific, user, action, comment=commentaire)
    except ValidationError as refusal:
        raise DecisionImpossible(f"« {title} » ne peut pas être publiée. {' '.join(refusal.messages)}") from refusal
    return page
