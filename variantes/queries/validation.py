"""Questions about the readings of texts in FALC: the label of a public page, what may be written down."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Exists, OuterRef, Q
from wagtail.models import Page, Revision, TaskState

from redaction import roles
from redaction.queries.roles import roles_de
from socle import memo
from socle.revisions import meme_texte
from variantes.models.validation import LectureFalc, ValidationFalc, enregistre

LIMITE = 5000


@dataclass(frozen=True)
class Label:
    """What readers are told of a text that was read by the people it is for."""

    groupe: str
    lue_le: datetime.date
    noms: tuple[str, ...]

    @property
    def logo(self) -> bool:
        """Whether the European logo may be shown: the names of readers must stand beside it."""
        return bool(self.noms)


def label_de(page: Any) -> Label | None:
    """Return the label of what the public reads now. One query, once for all readers until the content changes."""
    if not page.live or not page.live_revision_id or page.alias_of_id:
        return None
    kept: dict[int, Label | None] = memo.shelf(dict, "variantes", "label_falc", limit=LIMITE)
    if page.live_revision_id not in kept:
        kept[page.live_revision_id] = _label(page.live_revision_id)
    return kept[page.live_revision_id]


def _label(revision: int) -> Label | None:
    names = ArrayAgg("lecteurs__nom", filter=Q(lecteurs__nom_publie=True), order_by="lecteurs__pk", default=[])
    found = ValidationFalc.objects.filter(revision=revision).order_by().annotate(noms=names).first()
    return Label(found.groupe, found.lue_le, tuple(found.noms)) if found else None


def etape_de_lecture(page: Page) -> TaskState | None:
    """Return the reading that a page waits for."""
    state = page.current_workflow_task_state
    if state is None or state.status != TaskState.STATUS_IN_PROGRESS:
        return None
    return state if isinstance(state.task.specific, LectureFalc) else None


def a_enregistrer(page: Page, user: Any) -> int | None:
    """Return the revision whose reading a person may write down or put right: what waits for it, or is public."""
    if not enregistre(user):
        return None
    if state := etape_de_lecture(page):
        return int(state.revision_id)
    known = ValidationFalc.objects.filter(revision=page.latest_revision_id).exists()
    if known and modere(user):
        return page.latest_revision_id
    return page.live_revision_id if page.live and modere(user) else None


def modere(user: Any) -> bool:
    return bool(user.is_active and (user.is_superuser or roles.MODERATION in roles_de(user)))


def ecrivains(revision: Revision) -> dict[int, str]:
    """Return the people who wrote the text up to this revision."""
    written = Revision.objects.filter(
        base_content_type_id=revision.base_content_type_id,
        object_id=revision.object_id,
        created_at__lte=revision.created_at,
    )
    return {each.user_id: str(each.user) for each in written.exclude(user=None).select_related("user")}


def ecrite_le(revision: Revision) -> datetime.datetime:
    """Return since when the text has been what it is: the editor may have kept the same one again."""
    since: datetime.datetime = revision.created_at
    before = Revision.objects.filter(
        base_content_type_id=revision.base_content_type_id, object_id=revision.object_id, created_at__lt=since
    ).order_by("-created_at")
    for other in before.iterator(chunk_size=20):
        if not meme_texte(other, revision):
            break
        since = other.created_at
    return since


def derniere_du_meme_texte(revision: Revision) -> ValidationFalc | None:
    """Return the last reading of this page that was of the same text: a text that comes back need not be read again."""
    readings = ValidationFalc.objects.filter(page_id=int(revision.object_id)).select_related("revision")
    return next((each for each in readings if meme_texte(each.revision, revision)), None)


def revision_lue(revision: Revision) -> bool:
    """Tell whether a reading was recorded of a revision: what was read stays as it was."""
    return ValidationFalc.objects.filter(revision=revision).exists()


def lue_par_un_groupe() -> Exists:
    """Return the condition, on rows that have a revision, that a reading group has read it."""
    return Exists(ValidationFalc.objects.filter(revision_id=OuterRef("revision_id")))
