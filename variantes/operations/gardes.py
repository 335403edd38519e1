"""What wagtail-localize would do too freely, done by our rules.

A `ValidationError` says to the person why something is refused; whoever may not ask gets `PermissionDenied`.
"""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from wagtail.log_actions import log
from wagtail.models import Page
from wagtail_localize.models import Translation, TranslationLog, TranslationSource

from redaction.operations.moderation import lire_motif
from variantes.operations.acces import reprendre_les_groupes
from variantes.queries.gardes import (
    envoie_partout,
    est_falc,
    peut_arreter,
    peut_modifier,
    phrases_a_relire,
    raison_du_gel,
    raison_du_verrou,
    sans_brouillon,
)

SYNCHRONISATION = "variantes.synchronisation"
ARRET = "variantes.arret_synchronisation"
REPRISE = "variantes.reprise_synchronisation"

PUBLIER = "Une traduction devient publique quand sa relecture est finie, et pas autrement."
DISPARUE = "Cette version, ou sa page française, n’existe plus."
MODIFIEE_A_LA_MAIN = (
    "Cette version a été modifiée à la main depuis sa dernière traduction : la reprendre phrase par phrase effacerait"
    " ces modifications. Elle reste une page ordinaire."
)
TERME_ORDINAIRE = "Seules les pages passent de la traduction phrase par phrase à l’éditeur ordinaire, et retour."


def tenir_cible(translation: Translation, user: Any) -> Any:
    """Return what a translation translates into, for whoever may change it now; a page stays locked until the end.

    Call it in a transaction: nobody submits the text for review between this check and what follows.
    """
    cible = _cible(translation)
    if isinstance(cible, Page):
        Page.objects.select_for_update().get(pk=cible.pk)
        cible.refresh_from_db()
    if not peut_modifier(user, cible):
        raise PermissionDenied
    if reason := raison_du_gel(translation, cible, user):
        raise ValidationError(reason)
    return cible


def _cible(translation: Translation) -> Any:
    model = translation.source.specific_content_type.model_class()
    cible = model._default_manager.filter(
        translation_key=translation.source.object_id, locale_id=translation.target_locale_id
    ).first()
    if cible is None:
        raise ValidationError(DISPARUE)
    return cible


# --- The French text, taken again ---


def versions_synchronisees(source: TranslationSource) -> list[tuple[Translation, Any]]:
    """Return the translations that follow a source, each with its version."""
    found = []
    for translation in source.translations.filter(enabled=True).select_related("target_locale", "source"):
        try:
            found.append((translation, _cible(translation)))
        except ValidationError:
            continue
    return found


def verifier_synchronisation(source: TranslationSource, user: Any) -> Any:
    """Return the French page or term that a source was taken from, for whoever may take its text again."""
    model = source.specific_content_type.model_class()
    original = model._default_manager.filter(translation_key=source.object_id, locale_id=source.locale_id).first()
    if original is None:
        raise ValidationError(DISPARUE)
    allowed = envoie_partout(user, original) if isinstance(original, Page) else peut_modifier(user, original)
    if not allowed and not any(peut_modifier(user, cible) for _translation, cible in versions_synchronisees(source)):
        raise PermissionDenied
    return original


@transaction.atomic
def synchroniser(source: TranslationSource, user: Any) -> int:
    """Take the public French text again as what is to be translated; return how many versions follow it.

    Nothing becomes public, no version changes: only the list of the phrases to translate does.
    """
    held = TranslationSource.objects.select_for_update().filter(pk=source.pk).first()
    if held is None:
        raise ValidationError(DISPARUE)
    original = verifier_synchronisation(held, user)
    if not getattr(original, "live", True):
        raise ValidationError("Le texte français n’est pas public : il n’y a rien de nouveau à traduire.")
    versions = versions_synchronisees(held)
    if not versions:
        raise ValidationError("Aucune version n’est traduite phrase par phrase à partir de ce texte.")
    held.update_from_db()
    for _translation, cible in versions:
        if isinstance(cible, Page):
            _restreindre_comme(held, original, cible)
            log(instance=cible, action=SYNCHRONISATION, user=user)
    return len(versions)


def _restreindre_comme(source: TranslationSource, original: Page, cible: Page) -> None:
    """Close a version whose source has been closed since. Never the reverse: opening a page is the moderation's."""
    if original.view_restrictions.exists() and not cible.view_restrictions.exists():
        source.sync_view_restrictions(original, cible)
        reprendre_les_groupes(original, cible)


# --- Phrase by phrase, or as an ordinary page ---


@transaction.atomic
def arreter(translation: Translation, user: Any, motif: str) -> Page:
    """Make a version an ordinary page: from now on, it is edited by itself. Its text does not change."""
    page = _tenir_page(translation, user)
    motif = lire_motif(motif)
    if not translation.enabled:
        raise ValidationError("Cette version est déjà une page ordinaire.")
    translation.enabled = False
    translation.save(update_fields=["enabled"])
    log(instance=page, action=ARRET, user=user, data={"motif": motif})
    return page


def raison_de_ne_pas_reprendre(translation: Translation, page: Page) -> str:
    """Return why a version cannot be translated phrase by phrase again, or nothing."""
    if est_falc(translation.target_locale) or est_falc(translation.source.locale):
        return "Une version FALC est un autre texte, écrit par des personnes : elle n’est jamais traduite."
    last = TranslationLog.objects.filter(source=translation.source, locale=translation.target_locale)
    made = last.order_by("-created_at", "-pk").values_list("revision_id", flat=True).first()
    if made is None or made != page.latest_revision_id:
        return MODIFIEE_A_LA_MAIN
    return ""


@transaction.atomic
def reprendre(translation: Translation, user: Any) -> Page:
    """Translate a version phrase by phrase again, where nothing has been written in it by hand since."""
    page = _tenir_page(translation, user)
    if translation.enabled:
        raise ValidationError("Cette version est déjà traduite phrase par phrase.")
    if reason := raison_de_ne_pas_reprendre(translation, page):
        raise ValidationError(reason)
    translation.enabled = True
    translation.save(update_fields=["enabled"])
    log(instance=page, action=REPRISE, user=user)
    return page


def _tenir_page(translation: Translation, user: Any) -> Page:
    page = _cible(translation)
    if not isinstance(page, Page):
        if not peut_modifier(user, page):
            raise PermissionDenied
        raise ValidationError(TERME_ORDINAIRE)
    Page.objects.select_for_update().get(pk=page.pk)
    page.refresh_from_db()
    translation.refresh_from_db()
    if not peut_arreter(user, page):
        raise PermissionDenied
    if reason := raison_du_verrou(page, user):
        raise ValidationError(reason)
    return page


# --- What has no draft ---


def verifier_publication_directe(translation: Translation, instance: Any, user: Any) -> None:
    """Raise `ValidationError` unless a term or a menu may be saved, and so be public, from its translated phrases."""
    if not sans_brouillon(instance):
        raise ValidationError(PUBLIER)
    if reason := raison_du_gel(translation, instance, user):
        raise ValidationError(reason)
    total, done = translation.get_progress()
    if done < total:
        left = "Une phrase n’est" if total - done == 1 else f"{total - done} phrases ne sont"
        raise ValidationError(
            f"{left} pas traduite{'s' if total - done > 1 else ''} : sans elle{'s' if total - done > 1 else ''}, du"
            " français se montrerait dans une autre langue. Rien n’a été enregistré."
        )
    if phrases_a_relire(translation):
        raise ValidationError("Des phrases viennent d’une machine : relisez-les, puis enregistrez-les une à une.")
