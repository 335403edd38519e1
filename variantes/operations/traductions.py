"""The translation of a page submitted to its review, taken back, and what is said of its segments."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from wagtail.models import Page, Revision, WorkflowState
from wagtail_localize.models import (
    StringSegment,
    StringTranslation,
    Translation,
    TranslationLog,
    TranslationSource,
)

from socle.revisions import meme_texte
from variantes.models.traductions import CommentaireSegment, LectureMachine, SoumissionTraduction
from variantes.queries.gardes import traduction_de
from variantes.queries.relecteurs import relit
from variantes.queries.segments import ADRESSE, Chaine, chaines, cote_a_cote, erreurs_des_blocs, mots_de_la_langue
from variantes.queries.traductions import (
    Avancement,
    blocage,
    peut_traduire,
    relecture_en_cours,
    segments_soumis,
    version_lue,
)


@dataclass(frozen=True)
class Motif:
    """One reason why a translation cannot be submitted, and the segment that it is about."""

    message: str
    champ: str = ""
    source: str = ""

    def __str__(self) -> str:
        return f"{self.champ} : {self.message}" if self.champ else self.message


class SoumissionImpossible(Exception):  # noqa: N818 -- the word on the screen
    """What keeps a translation from its review; the reasons are for whoever translates."""

    def __init__(self, *motifs: Motif) -> None:
        super().__init__(" ".join(map(str, motifs)))
        self.motifs = motifs


def tenir(translation: Translation) -> tuple[Translation, Page]:
    """Hold the page, then its translation and its source: what is read from now on does not change."""
    page = Page.objects.select_for_update().get(
        translation_key=translation.source.object_id, locale_id=translation.target_locale_id
    )
    source = TranslationSource.objects.select_for_update().get(pk=translation.source_id)
    held = Translation.objects.select_for_update(of=("self",)).select_related("target_locale").get(pk=translation.pk)
    held.source = source
    return held, page


@transaction.atomic
def soumettre(translation: Translation, user: Any) -> WorkflowState:
    """Make a revision of what is translated, and send it to those who review the language.

    The public page is left as it is: wagtail-localize's own `save_target` would write the words into it.
    """
    translation, page = tenir(translation)
    if not page.permissions_for_user(user).can_edit():
        raise PermissionDenied
    if not translation.enabled:
        raise SoumissionImpossible(Motif("Cette page n’est plus reliée au texte français."))
    if reason := blocage(page, user):
        raise SoumissionImpossible(Motif(reason))
    _completer_adresse(translation, page, user)
    sources = chaines(translation)
    if motifs := motifs_des_chaines(Avancement(sources)):
        raise SoumissionImpossible(*motifs)
    instance = translation.source.get_ephemeral_translated_instance(translation.target_locale, fallback=True)
    reprendre_les_mots_de_la_langue(instance, page)
    _verifier(instance, sources)
    revision = instance.save_revision(user=user, log_action=True)
    if page.live and page.live_revision and meme_texte(Revision.objects.get(pk=revision.pk), page.live_revision):
        raise SoumissionImpossible(Motif("Rien n’a changé : ce texte est déjà public."))
    TranslationLog.objects.create(source=translation.source, locale=translation.target_locale, revision=revision)
    SoumissionTraduction.objects.create(
        revision=revision,
        page=page,
        translation=translation,
        segments=[
            *cote_a_cote(sources, instance),
            *mots_de_la_langue(translation.source.get_source_instance(), instance),
        ],
        user=user,
        nom=str(user),
    )
    return _envoyer(page.pk, user)


def reprendre_les_mots_de_la_langue(instance: Any, page: Page) -> None:
    """Give to a translation the words that its language does not take from French: those of its last draft."""
    names = instance.champs_de_la_langue
    if names:
        draft = page.specific.get_latest_revision_as_object()
        for name in names:
            setattr(instance, name, getattr(draft, name))


def _envoyer(pk: int, user: Any) -> WorkflowState:
    page = Page.objects.get(pk=pk).specific
    state = page.current_workflow_state
    if state is None:
        started: WorkflowState = page.get_workflow().start(page, user)
        return started
    # Changes were asked for: the same review goes on, with the new text.
    state.resume(user)
    return state


def _completer_adresse(translation: Translation, page: Page, user: Any) -> None:
    """Give to an address that nobody translated the one that the page has."""
    segment = StringSegment.objects.filter(source=translation.source, context__path=ADRESSE).first()
    if segment is not None:
        StringTranslation.objects.get_or_create(
            translation_of_id=segment.string_id,
            locale_id=translation.target_locale_id,
            context_id=segment.context_id,
            defaults={
                "data": page.slug,
                "translation_type": StringTranslation.TRANSLATION_TYPE_MANUAL,
                "last_translated_by": user,
            },
        )


def motifs_des_chaines(avancement: Avancement) -> list[Motif]:
    """Return what the strings themselves keep from being submitted."""
    return [
        *(Motif("ce passage n’est pas traduit.", each.champ, each.source) for each in avancement.manquantes),
        *(Motif(each.erreur, each.champ, each.source) for each in avancement.fautives),
        *(
            Motif("une machine a traduit ce passage, et personne ne l’a relu.", each.champ, each.source)
            for each in avancement.a_lire
        ),
    ]


def _verifier(instance: Any, sources: list[Chaine]) -> None:
    """Check the page as its editor would, and point at the segments that are refused."""
    places: dict[str, Chaine] = {}
    for chaine in sources:
        places.setdefault(chaine.chemin, chaine)
    address = slugify(instance.slug)
    if ADRESSE in places and address != instance.slug:
        words = f"écrivez-la sans accent, sans espace et en lettres latines, par exemple « {address or 'page'} »."
        raise SoumissionImpossible(_motif(words, places, ADRESSE))
    motifs = []
    for check in (instance.full_clean, instance.verifier_publication):
        try:
            check()
        except ValidationError as error:
            for name, messages in error.message_dict.items():
                motifs += [_motif(message, places, name) for message in messages]
            break
    # What the blocks refuse in the source was accepted with it.
    motifs += [_motif(message, places, path) for path, message in erreurs_des_blocs(instance) if path in places]
    if motifs:
        raise SoumissionImpossible(*motifs)


def _motif(message: str, places: Mapping[str, Chaine], path: str) -> Motif:
    place = places.get(path)
    return Motif(message, place.champ, place.source) if place else Motif(message)


@transaction.atomic
def reprendre(page: Page, user: Any) -> None:
    """Take a translation back from its review, to change it."""
    held = Page.objects.select_for_update().get(pk=page.pk)
    if not peut_traduire(user, held):
        raise PermissionDenied
    if relecture_en_cours(held) is None:
        raise SoumissionImpossible(Motif("Cette page n’est plus en relecture."))
    held.current_workflow_state.cancel(user=user)


@transaction.atomic
def marquer_lues(translation: Translation, user: Any, lues: Mapping[int, str]) -> int:
    """Keep that a person has read words of a machine; return how many.

    `lues` gives the mark of the words that were on the screen: those that changed since stay to be read.
    """
    translation, page = tenir(translation)
    if not peut_traduire(user, page):
        raise PermissionDenied
    if reason := blocage(page, user):
        raise SoumissionImpossible(Motif(reason))
    waiting = [chaine for chaine in chaines(translation) if chaine.a_lire]
    same = [chaine for chaine in waiting if lues.get(chaine.pk or 0) == chaine.empreinte]
    for chaine in same:
        LectureMachine.objects.update_or_create(
            string_translation_id=chaine.pk, defaults={"texte": chaine.traduction, "user": user, "nom": str(user)}
        )
    return len(same)


def peut_commenter(page: Page, user: Any) -> bool:
    """Tell whether a person takes part in the review: those who translate, and those who review the language."""
    return peut_traduire(user, page) or (relecture_en_cours(page) is not None and relit(user, page))


@transaction.atomic
def commenter(page: Page, user: Any, revision: int, chemin: str, rang: int, texte: str) -> CommentaireSegment:
    """Say something of a segment of the revision that was on the screen."""
    held = Page.objects.select_for_update().get(pk=page.pk)
    if not peut_commenter(held, user):
        raise PermissionDenied
    read = version_lue(held)
    if read is None or read.pk != revision:
        raise ValidationError("Le texte a changé depuis que vous l’avez ouvert : relisez-le.")
    rows = segments_soumis(read, traduction_de(held, active=True))
    row = next((row for row in rows if (row["chemin"], row["rang"]) == (chemin, rang)), None)
    if row is None:
        raise ValidationError("Ce passage n’existe plus dans le texte soumis.")
    return CommentaireSegment.objects.create(
        page=held,
        revision=read,
        chemin=chemin,
        rang=rang,
        source=row["source"],
        texte=texte,
        auteur=user,
        nom=str(user),
    )


@transaction.atomic
def traiter(commentaire: CommentaireSegment, user: Any) -> bool:
    """Say that a remark has been dealt with; return whether it was still open."""
    held = CommentaireSegment.objects.select_for_update(of=("self",)).select_related("page").get(pk=commentaire.pk)
    if not (peut_traduire(user, held.page) or held.auteur_id == user.pk):
        raise PermissionDenied
    if held.traite_le is not None:
        return False
    held.traite_le, held.traite_par, held.traite_nom = timezone.now(), user, str(user)
    held.save(update_fields=["traite_le", "traite_par", "traite_nom"])
    return True


def refus_d_urgence(page: Page, revision: Revision) -> str:
    """Return why a translation may not be published in a hurry: what was never submitted may still be in French."""
    if traduction_de(page, active=True) is None or SoumissionTraduction.objects.filter(revision=revision).exists():
        return ""
    return "Cette traduction n’a pas été soumise à la relecture : du français se montrerait dans une autre langue."
