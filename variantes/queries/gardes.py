"""Who may translate what, into which language, and why something may not be touched now."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from wagtail.models import DraftStateMixin, Locale, Page
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import page_permission_policy
from wagtail_localize.models import StringTranslation, Translation

from redaction import roles
from redaction.queries.roles import roles_de
from socle.queries import visible_to
from variantes.langues import est_source, nom_de_langue

# Who sends French pages to every language; translators send them to their own.
ENVOIENT = (roles.REDACTION, roles.MODERATION)
# Neither is translated phrase by phrase: French is what is translated, FALC is another text, written by people.
HORS_TRADUCTION = (settings.LANGUAGE_CODE, settings.FALC_LANGUAGE_CODE)

EN_RELECTURE = (
    "Le texte est en relecture : il ne change plus avant la décision. Attendez-la, ou annulez la relecture d’abord."
)
VERROUILLEE = "Quelqu’un d’autre a verrouillé cette page : elle ne peut pas être modifiée pour le moment."
PROGRAMMEE = "La publication de cette page est programmée : annulez-la avant de modifier le texte."
NON_SYNCHRONISEE = (
    "Cette version n’est pas traduite phrase par phrase : modifiez-la comme une page ordinaire, dans l’éditeur."
)
PAS_LE_FRANCAIS = "On traduit à partir du français : ouvrez la page française."


def langues_traduites() -> QuerySet[Locale]:
    """The languages that are translated phrase by phrase."""
    found: QuerySet[Locale] = Locale.objects.exclude(language_code__in=HORS_TRADUCTION).order_by("pk")
    return found


def est_falc(locale: Locale) -> bool:
    return bool(locale.language_code == settings.FALC_LANGUAGE_CODE)


def peut_modifier(user: Any, instance: Any) -> bool:
    """Tell whether a person may change a page, a term or a menu."""
    if isinstance(instance, Page):
        return bool(instance.permissions_for_user(user).can_edit())
    return bool(ModelPermissionPolicy(type(instance)).user_has_permission(user, "change"))


def raison_du_gel(translation: Translation, cible: Any, user: Any) -> str:
    """Return why nobody, or not this person, may change this translation now; nothing where they may."""
    if not translation.enabled:
        return NON_SYNCHRONISEE
    return raison_du_verrou(cible, user)


def raison_du_verrou(instance: Any, user: Any) -> str:
    """Return why the text may not be touched now, or nothing."""
    # Whoever reviews reads the very text that will be public: nobody changes it meanwhile, reviewers and superusers no
    # more than others.
    if getattr(instance, "workflow_in_progress", False):
        return EN_RELECTURE
    lock = instance.get_lock() if hasattr(instance, "get_lock") else None
    if lock is None or not lock.for_user(user):
        return ""
    return VERROUILLEE if getattr(instance, "locked", False) else PROGRAMMEE


def lignee(page: Page) -> list[Page]:
    """Return the pages above, from the home page of the language to the parent."""
    return list(page.get_ancestors().filter(depth__gt=1).order_by("depth").select_related("locale"))


def place(page: Page, locale: Locale) -> Page | None:
    """Return the deepest page, from this one up, that exists in a language."""
    keys = [above.translation_key for above in (*lignee(page), page)]
    found: Page | None = (
        Page.objects.filter(translation_key__in=keys, locale=locale, depth__gt=1).order_by("-depth").first()
    )
    return found


def envoie_partout(user: Any, page: Page) -> bool:
    """Tell whether a person sends this page to any language: whoever writes it in French, and the moderation."""
    if user.is_active and user.is_superuser:
        return True
    return any(role in ENVOIENT for role in roles_de(user)) and peut_modifier(user, page)


def peut_envoyer(user: Any, page: Page, locale: Locale) -> bool:
    """Tell whether a person may have a page translated into a language."""
    if locale.language_code in HORS_TRADUCTION or not est_source(page) or page.depth < 2:
        return False
    if envoie_partout(user, page):
        return True
    # Who only translates is shown no French text that is closed to her.
    if not visible_to(Page.objects.filter(pk=page.pk), user).exists():
        return False
    above = place(page, locale)
    return above is not None and bool(page_permission_policy.user_has_permission_for_instance(user, "change", above))


def langues_ouvertes(user: Any, page: Page) -> list[Locale]:
    """Return the languages into which a person may have a page translated."""
    return [locale for locale in langues_traduites() if peut_envoyer(user, page, locale)]


def suit_les_traductions(user: Any) -> bool:
    """Tell whether a person has anything to do with translations."""
    if user.is_active and user.is_superuser:
        return True
    return any(role in (*ENVOIENT, *roles.TRADUCTIONS) for role in roles_de(user))


def peut_arreter(user: Any, page: Page) -> bool:
    """Tell whether a person may say that a version is no longer translated phrase by phrase, or is again."""
    if user.is_active and user.is_superuser:
        return True
    return roles.MODERATION in roles_de(user) and peut_modifier(user, page)


def traduction_de(cible: Any, *, active: bool | None = None) -> Translation | None:
    """Return what links a version to its source in wagtail-localize, if anything does."""
    found = Translation.objects.filter(
        source__object_id=cible.translation_key, target_locale_id=cible.locale_id
    ).exclude(source__locale_id=cible.locale_id)
    if active is not None:
        found = found.filter(enabled=active)
    translation: Translation | None = found.select_related(
        "source__locale", "source__specific_content_type", "target_locale"
    ).first()
    return translation


def phrases_a_relire(translation: Translation) -> int:
    """Return how many phrases of a translation only a machine has read."""
    segments = translation.source.stringsegment_set
    machine: QuerySet[StringTranslation] = segments.get_translations(translation.target_locale).filter(
        translation_type=StringTranslation.TRANSLATION_TYPE_MACHINE
    )
    return machine.count()


def sans_brouillon(instance: Any) -> bool:
    """Tell whether whatever is saved is public at once: terms and menus have no drafts."""
    return not isinstance(instance, DraftStateMixin)


def restrictions_manquantes(page: Page, locale: Locale) -> list[Page]:
    """Return the pages above that only some may read in French, and whose version in a language is open to all."""
    restricted = [above for above in lignee(page) if above.view_restrictions.exists()]
    if not restricted:
        return []
    keys = [above.translation_key for above in restricted]
    versions = Page.objects.filter(translation_key__in=keys, locale=locale).prefetch_related("view_restrictions")
    return [version for version in versions if not version.view_restrictions.all()]


def noms(locales: Iterable[Locale]) -> str:
    """Return names of languages as a list to read."""
    *others, last = [nom_de_langue(locale.language_code) for locale in locales]
    return f"{', '.join(others)} et {last}" if others else last
