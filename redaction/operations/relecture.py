"""Changes of state of the reviews."""

from typing import Any

from django.db import transaction
from django.dispatch import Signal
from django.utils import timezone
from wagtail.models import Page, Revision

from redaction.models import Approbation
from redaction.roles import Cote
from socle.models import BasePage
from socle.revisions import meme_texte

# Sent with `page`, `avant` and `apres` when a revision of the same text takes the place of the one that is being read:
# what was said of the first holds for the second. Both are keys of revisions.
revision_reprise = Signal()


@transaction.atomic
def recommencer(page: Page) -> None:
    """Bring a page in review back to the first step when its text is no longer the one that is being read.

    A revision of the same text takes the place of the one that is being read, and what was said of it holds.
    """
    held = Page.objects.select_for_update().get(pk=page.pk)
    state = held.current_workflow_task_state
    if state is None or state.revision_id == held.latest_revision_id:
        return
    if meme_texte(state.revision, held.latest_revision):
        state.workflow_state.task_states.filter(revision=state.revision).update(revision=held.latest_revision)
        Approbation.objects.filter(revision=state.revision).update(revision=held.latest_revision)
        revision_reprise.send(sender=type(page), page=held, avant=state.revision_id, apres=held.latest_revision_id)
    else:
        state.cancel(user=held.latest_revision.user, comment="Le texte a changé : la relecture recommence.")


def dater_relecture(page: BasePage, revision: Revision | None) -> None:
    """Keep on a page that has just been published the day when both sides had approved this very text."""
    given: dict[str, Any] = dict(Approbation.objects.filter(revision=revision).values_list("cote", "le"))
    # A page that repeats another was not read in its own place.
    if page.live and not page.alias_of_id and given.keys() == set(Cote.values):
        page.relu_le = timezone.localdate(max(given.values()))
        type(page)._default_manager.filter(pk=page.pk).update(relu_le=page.relu_le)
