"""Where a translation is: what is left to do, whether it may be submitted, what reviewers said."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from wagtail.models import Page, Revision, TaskState, WorkflowState
from wagtail_localize.models import Translation

from redaction.queries.lignes import modifiable
from variantes.models.traductions import CommentaireSegment, RelectureTraduction, SoumissionTraduction
from variantes.queries.segments import ADRESSE, Chaine, chaines, cote_a_cote, mots_de_la_langue


def relecture_en_cours(page: Page) -> TaskState | None:
    """Return the review in progress of a translated page."""
    state = page.current_workflow_task_state
    return state if state and isinstance(state.task.specific, RelectureTraduction) else None


def version_lue(page: Page) -> Revision | None:
    """Return the text that is under review, or else the last one that was: remarks are about it."""
    if state := relecture_en_cours(page):
        return state.revision
    last = SoumissionTraduction.objects.filter(page_id=page.pk).select_related("revision").first()
    return last.revision if last else None


def peut_traduire(user: Any, page: Page) -> bool:
    """Tell whether a person's rights, and not the review in progress, let them change the page."""
    return bool(modifiable(page, user))


def commentaires_ouverts(page: Page) -> QuerySet[CommentaireSegment]:
    return CommentaireSegment.objects.filter(page_id=page.pk, traite_le=None)


@dataclass
class Avancement:
    """How far a translation is, from its strings alone."""

    chaines: list[Chaine]

    @property
    def total(self) -> int:
        return len(self.chaines)

    @cached_property
    def faites(self) -> int:
        return sum(chaine.faite for chaine in self.chaines)

    @property
    def pourcentage(self) -> int:
        return self.faites * 100 // self.total if self.total else 100

    @cached_property
    def manquantes(self) -> list[Chaine]:
        """What is left to translate. The address keeps its words when nobody gives others."""
        return [chaine for chaine in self.chaines if chaine.manquante and chaine.chemin != ADRESSE]

    @cached_property
    def fautives(self) -> list[Chaine]:
        return [chaine for chaine in self.chaines if chaine.erreur]

    @cached_property
    def a_lire(self) -> list[Chaine]:
        return [chaine for chaine in self.chaines if chaine.a_lire]


def avancement(translation: Translation) -> Avancement:
    return Avancement(chaines(translation))


def blocage(page: Page, user: Any) -> str:
    """Say why a page cannot be submitted whatever its text, in the words of whoever would submit it."""
    if page.alias_of_id:
        return "Cette page répète une autre page : elle n’a pas de texte à elle."
    state = page.current_workflow_state
    if state and state.status == WorkflowState.STATUS_IN_PROGRESS:
        return "Cette page est déjà en relecture."
    lock = page.get_lock()
    if lock and lock.for_user(user):
        holder = page.locked_by or "quelqu’un"
        return f"Cette page est verrouillée par {holder}." if page.locked else "Cette page attend sa publication."
    if page.get_workflow() is None:
        return "Aucun circuit de relecture n’est en place pour cette langue."
    return ""


def segments_soumis(revision: Revision, translation: Translation | None) -> list[dict[str, Any]]:
    """Return the segments of a revision, as they were submitted.

    A revision that came by another way has no such record: the source of today stands beside what it says.
    """
    kept = SoumissionTraduction.objects.filter(revision=revision).values_list("segments", flat=True).first()
    if kept is not None:
        return list(kept)
    if translation is None:
        return []
    said = revision.as_object()
    return [
        *cote_a_cote(chaines(translation), said),
        *mots_de_la_langue(translation.source.get_source_instance(), said),
    ]


def segments_d_avant(revision: Revision, page: Page) -> list[dict[str, Any]] | None:
    """Return the segments of the text that was last decided on, to tell what changed; None the first time."""
    earlier = SoumissionTraduction.objects.filter(page_id=page.pk, revision_id__lt=revision.pk)
    decided = earlier.filter(
        revision__task_states__status__in=(TaskState.STATUS_REJECTED, TaskState.STATUS_APPROVED)
    ).order_by("-revision_id")
    found = decided.values_list("segments", flat=True).first()
    return None if found is None else list(found)
