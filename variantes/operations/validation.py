"""Writes down that a group has read a text in FALC, and what follows: the workflow goes on, the label appears."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from wagtail.log_actions import log
from wagtail.models import Page, Revision, TaskState

from redaction.models.relecture import suspendue
from socle import generation
from socle.dates import day_of, today
from variantes.models.falc import PageAvecFalc
from variantes.models.validation import LecteurFalc, ValidationFalc, enregistre
from variantes.queries.validation import ecrite_le, ecrivains, etape_de_lecture, modere

LECTURE = "variantes.lecture_falc"
CORRECTION = "variantes.lecture_falc_corrigee"


@dataclass(frozen=True)
class Lecteur:
    """Somebody of the group, and whether they accept that their name be published."""

    nom: str
    nom_publie: bool = False


@dataclass(frozen=True)
class Lecture:
    """What is written down of a reading."""

    groupe: str
    lue_le: datetime.date
    lecteurs: Sequence[Lecteur]
    lieu: str = ""
    notes: str = ""


def verifier(page: Page, revision: Revision, user: Any) -> TaskState | None:
    """Return the step that the reading of this revision would pass, if any; refuse what cannot be written down.

    Whoever writes in FALC may write down a reading that is waited for, on behalf of the group. The moderation may put
    one right, or write down that of a text that is public already.
    """
    if not enregistre(user):
        raise PermissionDenied
    specific = page.specific
    if not isinstance(specific, PageAvecFalc) or not specific.en_falc or page.alias_of_id:
        raise ValidationError("Seule une page en FALC est lue par le groupe.")
    state = etape_de_lecture(page)
    if state is not None and state.revision_id == revision.pk == page.latest_revision_id:
        if suspendue(page, user):
            holder = page.locked_by or "quelqu’un"
            raise ValidationError(f"Cette page est verrouillée par {holder} : rien ne s’enregistre pour l’instant.")
        return state
    known = ValidationFalc.objects.filter(revision=revision).exists()
    public = page.live and page.live_revision_id == revision.pk
    if not known and not public:
        raise ValidationError("Ce texte n’attend pas de lecture : il a changé, ou n’a pas été envoyé en relecture.")
    if not modere(user):
        said = "est déjà enregistrée" if known else "vient après sa publication"
        raise ValidationError(f"La lecture de ce texte {said} : adressez-vous à la modération.")
    return None


@transaction.atomic
def enregistrer_lecture(page: Page, revision_id: int, user: Any, lecture: Lecture) -> ValidationFalc:
    """Write down the reading of a revision, or put it right; the step that waited for it passes."""
    held = Page.objects.select_for_update().get(pk=page.pk)
    revision = Revision.objects.for_instance(held).filter(pk=revision_id).first()
    if revision is None:
        raise ValidationError("Cette version de la page n’existe plus.")
    state = verifier(held, revision, user)
    _verifier_lecture(revision, lecture)
    written, made = ValidationFalc.objects.update_or_create(
        revision=revision,
        defaults={
            "page_id": held.pk,
            "groupe": lecture.groupe.strip(),
            "lue_le": lecture.lue_le,
            "lieu": lecture.lieu.strip(),
            "notes": lecture.notes.strip(),
            "enregistree_par": user,
            "enregistree_nom": str(user),
        },
    )
    written.lecteurs.all().delete()
    LecteurFalc.objects.bulk_create(
        LecteurFalc(validation=written, nom=each.nom.strip(), nom_publie=each.nom_publie) for each in lecture.lecteurs
    )
    # The history tells which group and when; names stay with the reading, where they can be taken back.
    data = {"groupe": written.groupe, "lue_le": written.lue_le.isoformat()}
    log(instance=held.specific, action=LECTURE if made else CORRECTION, user=user, revision=revision, data=data)
    if state is not None:
        day = date_format(written.lue_le, "j F Y")
        state.approve(user=user, comment=f"Lue par le groupe « {written.groupe} » le {day}.")
    generation.increment()
    return written


def _verifier_lecture(revision: Revision, lecture: Lecture) -> None:
    errors: dict[str, str] = {}
    names = [each.nom.strip() for each in lecture.lecteurs]
    if not lecture.groupe.strip():
        errors["groupe"] = "Donnez le nom du groupe."
    if lecture.lue_le > today():
        errors["lue_le"] = "La lecture a déjà eu lieu : cette date est dans l’avenir."
    elif (since := day_of(ecrite_le(revision))) and lecture.lue_le < since:
        written = date_format(since, "j F Y")
        errors["lue_le"] = f"Ce texte est du {written} : le groupe ne peut pas l’avoir lu avant."
    if not names or not all(names):
        errors["lecteurs"] = "Donnez le nom d’une personne du groupe au moins."
    elif len({name.casefold() for name in names}) < len(names):
        errors["lecteurs"] = "Chaque personne n’est nommée qu’une fois."
    elif {name.casefold() for name in names} <= {name.casefold() for name in ecrivains(revision).values()}:
        errors["lecteurs"] = "Une personne qui n’a pas écrit le texte doit l’avoir lu."
    if errors:
        raise ValidationError(errors)


def reprendre(avant: int, apres: int) -> None:
    """Let a reading follow the revision of the same text that takes the place of the one that was read."""
    if not ValidationFalc.objects.filter(revision=apres).exists():
        ValidationFalc.objects.filter(revision=avant).update(revision=apres, enregistree_le=timezone.now())
