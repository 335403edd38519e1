"""What the moderation does to public pages. Each operation wants a reason, which stays in the page's history.

Wagtail gives these rights together with `publish`, that nobody has: its own actions are called here once the rights are
checked. A `ValidationError` says to the person why an operation is refused.
"""

from collections.abc import Callable, Iterable
from typing import Any
from uuid import uuid4

from django.contrib.auth.models import Group
from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from wagtail.actions.delete_page import DeletePageAction
from wagtail.actions.move_page import MovePageAction
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.fields import StreamField
from wagtail.log_actions import log
from wagtail.models import Page, PageViewRestriction, ReferenceIndex, Revision, TaskState, WorkflowState

from redaction.models import PublicationUrgente
from redaction.models.moderation import LONGUEUR_MOTIF
from redaction.queries.moderation import (
    operations_de,
    peut_moderer,
    prevue,
    restriction_propre,
    restrictions_heritees,
)

IMPOSSIBLE = {
    "depublier": "Cette page ne peut pas être dépubliée : tout le site en dépend.",
    "restreindre": "L’accès à cette page ne peut pas être restreint : tout le site en dépend.",
    "deplacer": "Cette page ne peut pas être déplacée : tout le site en dépend.",
    "supprimer": "Cette page ne peut pas être supprimée : tout le site en dépend.",
    "corriger": "Ceci n’est pas une page que l’on publie.",
}


_refus_d_urgence: list[Callable[[Page, Revision], str]] = []


def refuser_l_urgence(refus: Callable[[Page, Revision], str]) -> None:
    """Add a reason not to publish a revision in a hurry, empty where there is none; apps call this when ready."""
    _refus_d_urgence.append(refus)


def verifier(page: Page, user: Any, operation: str) -> None:
    """Raise `PermissionDenied`, or `ValidationError` where nobody may do the operation."""
    if not peut_moderer(user):
        raise PermissionDenied
    if not prevue(operation, page):
        raise ValidationError(IMPOSSIBLE[operation])
    if operation not in operations_de(user, page):
        raise PermissionDenied


@transaction.atomic
def depublier(page: Page, user: Any, motif: str, *, avec_descendantes: bool = False) -> int:
    """Take a page back from the public, and those below it if asked; return how many were public or about to be."""
    held = _tenir(page, user, "depublier")
    motif = lire_motif(motif)
    public = [held] if held.live else []
    if avec_descendantes:
        public += held.get_descendants().live().specific()
    planned = [] if held.live else list(Revision.objects.for_instance(held).exclude(approved_go_live_at=None))
    if not public and not planned:
        raise ValidationError("Cette page n’est pas publique.")
    for each in public:
        UnpublishPageAction(each, user=user, log_action=False).execute(skip_permission_checks=True)
        _noter(each, "depublication", user, motif)
    if planned:
        Revision.objects.filter(pk__in=[revision.pk for revision in planned]).update(approved_go_live_at=None)
        _noter(held, "depublication", user, motif)
    return len(public) + bool(planned)


@transaction.atomic
def restreindre(
    page: Page, user: Any, motif: str, genre: str, *, mot_de_passe: str = "", groupes: Iterable[Group] = ()
) -> None:
    """Say who may read a page and those below it: everybody, whoever signs in, some groups, whoever has a password."""
    held = _tenir(page, user, "restreindre")
    motif = lire_motif(motif)
    groupes = list(groupes)
    restriction = restriction_propre(held)
    if genre == PageViewRestriction.NONE:
        if restriction is None:
            raise ValidationError("Aucune restriction n’est posée sur cette page.")
        restriction.delete(user=user)
    else:
        if genre == PageViewRestriction.PASSWORD and not mot_de_passe:
            raise ValidationError({"mot_de_passe": "Choisissez un mot de passe."})
        if genre == PageViewRestriction.GROUPS and not groupes:
            raise ValidationError({"groupes": "Choisissez au moins un groupe."})
        restriction = restriction or PageViewRestriction(page=held)
        restriction.restriction_type = genre
        restriction.password = mot_de_passe if genre == PageViewRestriction.PASSWORD else ""
        restriction.save(user=user)
        restriction.groups.set(groupes if genre == PageViewRestriction.GROUPS else ())
    _noter(held, "restriction", user, motif, genre=genre)


@transaction.atomic
def deplacer(page: Page, user: Any, motif: str, vers: Page) -> None:
    """Put a page, with those below it, under another one of its language. Its former address leads to the new one."""
    held = _tenir(page, user, "deplacer", vers)
    motif = lire_motif(motif)
    parent = Page.objects.get(pk=vers.pk).specific
    if refusal := _refus_de_destination(held, parent):
        raise ValidationError({"vers": refusal})
    MovePageAction(held, parent, pos="last-child", user=user).execute(skip_permission_checks=True)
    _noter(held, "deplacement", user, motif)


@transaction.atomic
def supprimer(page: Page, user: Any, motif: str, *, attendues: int | None = None) -> int:
    """Delete a page with those below it; return how many. Pages that repeat one of them become drafts.

    `attendues` is how many the person has seen: another number is refused.
    """
    held = _tenir(page, user, "supprimer")
    motif = lire_motif(motif)
    branch = held.get_descendants(inclusive=True)
    count = branch.count()
    if attendues is not None and attendues != count:
        raise ValidationError("Des pages ont été ajoutées ou retirées entre-temps : relisez ce qui sera supprimé.")
    if ReferenceIndex.get_references_to(held).group_by_source_object().is_protected:
        raise ValidationError("Un autre contenu a besoin de cette page : elle ne peut pas être supprimée.")
    for state in WorkflowState.objects.active().filter(
        base_content_type=held.get_base_content_type(),
        object_id__in=[str(pk) for pk in branch.values_list("pk", flat=True)],
    ):
        _arreter_relecture(state, user, "La page est supprimée.")
    for copy in Page.objects.live().filter(alias_of__in=branch).exclude(path__startswith=held.path).specific():
        UnpublishPageAction(copy, user=user, log_action=False).execute(skip_permission_checks=True)
        _noter(copy, "depublication", user, f"La page qu’elle répétait est supprimée. {motif}"[:LONGUEUR_MOTIF])
    _noter(held, "suppression", user, motif, deleted=True, pages=count)
    DeletePageAction(held, user=user).execute(skip_permission_checks=True)
    return count


@transaction.atomic
def publier_en_urgence(page: Page, user: Any, motif: str, revision_id: int) -> PublicationUrgente:
    """Publish the latest revision, the one that was shown, without waiting for its review."""
    held = _tenir(page, user, "corriger")
    motif = lire_motif(motif)
    revision = held.latest_revision
    if revision is None or (held.live and held.live_revision_id == revision.pk):
        raise ValidationError("Il n’y a rien à publier : le public voit déjà le dernier texte.")
    if revision.pk != revision_id:
        raise ValidationError("Le texte a changé depuis que vous l’avez lu. Relisez-le avant de le publier.")
    _verifier_texte(revision)
    for refus in _refus_d_urgence:
        if reason := refus(held, revision):
            raise ValidationError(reason)
    if state := held.current_workflow_state:
        _arreter_relecture(state, user, f"Publication en urgence : {motif}")
    try:
        revision.publish(user=user, skip_permission_checks=True)
    except ValidationError as error:
        # The fields that it names are not those of this screen.
        raise ValidationError(error.messages) from error
    _noter(held, "urgence", user, motif, revision=revision)
    return PublicationUrgente.objects.create(page_id=held.pk, revision=revision, user=user, nom=str(user), motif=motif)


def _tenir(page: Page, user: Any, operation: str, *others: Page) -> Any:
    """Lock the page, check the rights on what it is now, and return it."""
    keys = {page.pk, *(other.pk for other in others)}
    found = {each.pk: each for each in Page.objects.select_for_update().filter(pk__in=keys).order_by("pk")}
    if found.keys() != keys:
        raise ValidationError("Cette page n’existe plus.")
    held = found[page.pk]
    verifier(held, user, operation)
    if held.locked and held.locked_by_id != user.pk:
        raise ValidationError("Quelqu’un d’autre a verrouillé cette page : déverrouillez-la d’abord.")
    return held.specific


def lire_motif(motif: str) -> str:
    """Return the reason given for something done to a page, or refuse it."""
    motif = motif.strip()
    if not motif:
        raise ValidationError({"motif": "Dites pourquoi : l’équipe le lira dans l’historique."})
    if len(motif) > LONGUEUR_MOTIF:
        raise ValidationError({"motif": f"Le motif tient en {LONGUEUR_MOTIF} caractères."})
    return motif


def _noter(page: Page, action: str, user: Any, motif: str, **extra: Any) -> None:
    fields = {name: extra.pop(name) for name in ("revision", "deleted") if name in extra}
    # The history shows one entry for each identifier and action: pages changed together have one each.
    log(instance=page, action=f"redaction.{action}", user=user, uuid=uuid4(), data={"motif": motif, **extra}, **fields)


def _arreter_relecture(state: WorkflowState, user: Any, comment: str) -> None:
    running = list(state.task_states.filter(status=TaskState.STATUS_IN_PROGRESS).values_list("pk", flat=True))
    state.cancel(user=user)
    TaskState.objects.filter(pk__in=running).update(comment=comment)


def _refus_de_destination(page: Page, parent: Page) -> str:
    """Return why a page cannot go under another, or nothing."""
    if parent.pk == page.pk or parent.is_descendant_of(page):
        return "Une page ne peut pas aller sous elle-même."
    if page.is_child_of(parent):
        return "La page est déjà à cet endroit."
    if parent.locale_id != page.locale_id:
        return "Choisissez un endroit de la même langue."
    if not page.can_move_to(parent):
        return f"« {parent.get_admin_display_title()} » ne reçoit pas ce type de page."
    if not Page._slug_is_available(page.slug, parent, page=page):
        return f"Une page de cet endroit a déjà l’adresse « {page.slug} » : changez d’abord l’une des deux."
    lost = set(restrictions_heritees(page)) - set(parent.get_view_restrictions())
    if lost and restriction_propre(page) is None:
        return "À cet endroit, cette page à accès restreint deviendrait publique. Restreignez-la d’abord elle-même."
    return ""


def _verifier_texte(revision: Revision) -> None:
    """Refuse a draft that its own rules would not let anyone publish."""
    text = revision.as_object()
    now = timezone.now()
    if text.go_live_at and text.go_live_at > now:
        date = date_format(timezone.localtime(text.go_live_at), "DATETIME_FORMAT")
        raise ValidationError(f"Ce texte attend le {date} : retirez d’abord sa date de publication.")
    if text.expire_at and text.expire_at <= now:
        raise ValidationError("La date de fin de publication de ce texte est passée : retirez-la d’abord.")
    try:
        text.full_clean()
        for field in text._meta.get_fields():
            if isinstance(field, StreamField):
                field.stream_block.clean(getattr(text, field.name))
    except ValidationError as error:
        names = [_nom_du_champ(text, name) for name in getattr(error, "error_dict", {}) if name != NON_FIELD_ERRORS]
        where = f" ({', '.join(names)})" if names else ""
        raise ValidationError(f"Le texte n’est pas complet{where} : corrigez-le dans l’éditeur.") from error
    try:
        text.verifier_publication()
    except ValidationError as error:
        raise ValidationError(error.messages) from error


def _nom_du_champ(page: Page, name: str) -> str:
    return str(page._meta.get_field(name).verbose_name)
