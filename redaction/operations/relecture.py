"""Changes of state of the reviews."""

from django.db import transaction
from wagtail.models import Page


@transaction.atomic
def recommencer(page: Page) -> None:
    """Bring a page in review back to the first step when its text is no longer the one that is being read."""
    held = Page.objects.select_for_update().get(pk=page.pk)
    state = held.current_workflow_task_state
    if state is not None and state.revision_id != held.latest_revision_id:
        state.cancel(user=held.latest_revision.user, comment="Le texte a changé : la relecture recommence.")
