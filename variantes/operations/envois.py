"""Sending pages to translation: a draft for each page in each language, never anything public."""

import datetime
import logging
from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation, TranslationSource

from socle.queries import visible_to
from variantes.langues import est_source, nom_de_langue
from variantes.models.envois import Envoi, LigneEnvoi, Resultat
from variantes.operations.acces import reprendre_les_groupes
from variantes.queries.envois import envois_de
from variantes.queries.gardes import (
    HORS_TRADUCTION,
    PAS_LE_FRANCAIS,
    envoie_partout,
    est_falc,
    lignee,
    noms,
    peut_envoyer,
    place,
    restrictions_manquantes,
)
from variantes.tasks.envois import poursuivre_envoi

logger = logging.getLogger(__name__)

CONSERVATION = datetime.timedelta(days=180)

FALC_A_PART = "Une version FALC n’est pas une traduction : on l’écrit à partir de la page française."
PAS_PUBLIQUE = "La page française n’est pas publique : on traduit un texte relu."
COPIE = "Cette page répète une autre page : c’est l’autre que l’on traduit."
PANNE = "Une erreur inattendue a arrêté cette page. Elle est notée pour l’équipe technique ; les autres continuent."


def refus(page: Page, locale: Locale) -> str:
    """Return why nobody may have this page translated into a language, or nothing."""
    if est_falc(locale) or est_falc(page.locale):
        return FALC_A_PART
    if locale.language_code in HORS_TRADUCTION or not est_source(page):
        return PAS_LE_FRANCAIS
    if page.alias_of_id:
        return COPIE
    if not page.live:
        return PAS_PUBLIQUE
    if place(page, locale) is None:
        name = nom_de_langue(locale.language_code)
        return f"Il n’y a pas encore de page d’accueil en {name} : l’équipe technique la crée."
    if open_pages := restrictions_manquantes(page, locale):
        return (
            "Cette page n’est pas ouverte à tous, à cause d’une page au-dessus. Sa traduction le serait : restreignez"
            f" d’abord l’accès à « {open_pages[0].get_admin_display_title()} »."
        )[:500]
    return ""


@transaction.atomic
def preparer(page: Page, user: Any, locales: Iterable[Locale], *, avec_dessous: bool = False) -> Envoi:
    """Write down a sending and what it holds, and give it to a background task.

    The same sending, asked for twice before it is finished, is one sending.
    """
    held = Page.objects.select_for_update().filter(pk=page.pk).first()
    if held is None:
        raise ValidationError("Cette page n’existe plus.")
    chosen = sorted(locales, key=lambda locale: int(locale.pk))
    if not chosen:
        raise ValidationError("Choisissez au moins une langue.")
    for locale in chosen:
        if reason := refus(held, locale):
            raise ValidationError(reason)
        if not peut_envoyer(user, held, locale):
            raise PermissionDenied
    names = noms(chosen)
    twin = (
        envois_de(user)
        .filter(page=held, user_id=user.pk, langues=names, avec_dessous=avec_dessous, fini_le=None)
        .first()
    )
    if twin is not None:
        return twin
    envoi = Envoi.objects.create(
        page=held, titre=held.get_admin_display_title()[:255], avec_dessous=avec_dessous, user=user,
        nom=str(user)[:320], langues=names,
    )  # fmt: skip
    LigneEnvoi.objects.bulk_create(_lignes(envoi, held, chosen), batch_size=1000)
    poursuivre_envoi.enqueue(envoi.pk)
    return envoi


def _lignes(envoi: Envoi, page: Page, locales: list[Locale]) -> list[LigneEnvoi]:
    """Return the pages in the order of the tree, those above that are missing first."""
    above = lignee(page)
    there = set(
        Page.objects.filter(
            translation_key__in=[each.translation_key for each in above], locale__in=locales
        ).values_list("translation_key", "locale_id")
    )
    below: Any = [page]
    if envoi.avec_dessous:
        below = page.get_descendants(inclusive=True)
        if not envoie_partout(envoi.user, page):
            below = visible_to(below, envoi.user or AnonymousUser()).order_by("path")
    wanted = [
        *(
            (each, locale, True)
            for each in above
            for locale in locales
            if (each.translation_key, locale.pk) not in there
        ),
        *((each, locale, False) for each in below for locale in locales),
    ]
    return [
        LigneEnvoi(
            envoi=envoi, rang=rank, page=each, titre=each.get_admin_display_title()[:255], locale=locale,
            au_dessus=is_above,
        )
        for rank, (each, locale, is_above) in enumerate(wanted)
    ]  # fmt: skip


def executer(envoi_id: int) -> None:
    """Do what remains of a sending, one page after the other. Run twice at once, or again, it does nothing twice."""
    while avancer(envoi_id):
        pass


@transaction.atomic
def avancer(envoi_id: int) -> bool:
    """Do one page of a sending; tell whether there was one."""
    envoi = Envoi.objects.select_for_update().filter(pk=envoi_id, fini_le=None).first()
    if envoi is None:
        return False
    ligne = envoi.lignes.filter(resultat=Resultat.A_FAIRE).select_related("page", "locale").first()
    envoi.avance_le = timezone.now()
    if ligne is None:
        envoi.fini_le = envoi.avance_le
    else:
        _faire(ligne, envoi.user)
    envoi.save(update_fields=["avance_le", "fini_le"])
    return ligne is not None


def _faire(ligne: LigneEnvoi, user: Any) -> None:
    """Do one page, and write down what became of it: a page that fails stops no other."""
    try:
        with transaction.atomic():
            ligne.version, created = ouvrir(ligne.page, ligne.locale, user)
            ligne.resultat = Resultat.CREEE if created else Resultat.EXISTANTE
    except ValidationError as refusal:
        ligne.version, ligne.resultat, ligne.raison = None, Resultat.REFUSEE, " ".join(refusal.messages)[:500]
    except PermissionDenied:
        ligne.version, ligne.resultat = None, Resultat.REFUSEE
        ligne.raison = "La personne qui l’a demandé n’a pas le droit de traduire cette page dans cette langue."
    except Exception:
        logger.exception("Page %s could not be sent to translation", ligne.page_id)
        ligne.version, ligne.resultat, ligne.raison = None, Resultat.ECHEC, PANNE
    ligne.save(update_fields=["version", "resultat", "raison"])


@transaction.atomic
def ouvrir(page: Page | None, locale: Locale, user: Any) -> tuple[Page, bool]:
    """Return the version of a French page in a language, and whether it had to be made: as a draft, to be translated.

    A copy of the French page that stood in its place stops being public: it showed French under another language.
    """
    held = page and Page.objects.select_for_update(of=("self",)).filter(pk=page.pk).select_related("locale").first()
    if held is None:
        raise ValidationError("Cette page n’existe plus.")
    if user is None or not user.is_active:
        raise ValidationError("Le compte de la personne qui l’a demandé n’existe plus, ou est fermé.")
    existing = Page.objects.filter(translation_key=held.translation_key, locale=locale).first()
    if existing is not None and not existing.alias_of_id:
        if not peut_envoyer(user, held, locale):
            raise PermissionDenied
        return existing, False
    if reason := refus(held, locale):
        raise ValidationError(reason)
    if not peut_envoyer(user, held, locale):
        raise PermissionDenied
    _preparer_la_place(held, existing, locale, user)
    source, _created = TranslationSource.update_or_create_from_instance(held.specific)
    translation, _created = Translation.objects.update_or_create(
        source=source, target_locale=locale, defaults={"enabled": True}
    )
    translation.save_target(user=user, publish=False)
    version = Page.objects.get(translation_key=held.translation_key, locale=locale)
    reprendre_les_groupes(held, version)
    return version, True


def _preparer_la_place(page: Page, alias: Page | None, locale: Locale, user: Any) -> None:
    """See to it that nothing public comes out of what wagtail-localize does next."""
    parent = page.get_parent()
    if not Page.objects.filter(translation_key=parent.translation_key, locale=locale).exists():
        name = nom_de_langue(locale.language_code)
        raise ValidationError(f"La page au-dessus, « {parent.get_admin_display_title()} », n’existe pas en {name}.")
    if alias is None or not alias.live:
        return
    if alias.depth == 2:
        raise ValidationError("C’est la page d’accueil de la langue : sans elle, toute la langue disparaîtrait.")
    UnpublishPageAction(alias.specific, user=user).execute(skip_permission_checks=True)


@transaction.atomic
def relancer(envoi: Envoi, user: Any) -> None:
    """Give a sending that nothing moves any more back to the background tasks."""
    held = Envoi.objects.select_for_update().filter(pk=envoi.pk).first()
    if held is None or not envois_de(user).filter(pk=held.pk).exists():
        raise PermissionDenied
    if not held.interrompu():
        raise ValidationError("Cet envoi avance, ou il est fini : il n’y a rien à reprendre.")
    held.avance_le = timezone.now()
    held.save(update_fields=["avance_le"])
    poursuivre_envoi.enqueue(held.pk)


def oublier(now: datetime.datetime | None = None) -> int:
    """Delete the sendings that ended long ago; return how many. The pages keep their own history."""
    old = Envoi.objects.filter(fini_le__lt=(now or timezone.now()) - CONSERVATION)
    number = old.count()
    old.delete()
    return number
