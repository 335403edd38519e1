"""Makes the version in FALC of a French page: a draft of its own, never a copy that could become public by itself."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from wagtail.coreutils import find_available_slug
from wagtail.log_actions import log
from wagtail.models import Page
from wagtail_localize.models import Translation, TranslationSource

from variantes.models.falc import PageAvecFalc
from variantes.operations.depart_falc import texte_de_depart
from variantes.queries.falc import Place, a_une_version_falc, locale_falc, place_de

CREATION = "variantes.creation_falc"


class Depart(models.TextChoices):
    """What the text starts from."""

    FRANCAIS = "francais", "Le texte français, coupé : une phrase par ligne"
    VIDE = "vide", "Une page vide"


class DejaCreee(ValidationError):  # noqa: N818 -- a word of the screen
    """Somebody has made the version in the meantime."""

    def __init__(self, page: Page) -> None:
        super().__init__("Cette page a déjà une version en FALC.")
        self.page = page


def verifier(source: Page, user: Any) -> Place:
    """Return where the version goes; `PermissionDenied` or `ValidationError` where it cannot be made."""
    if not a_une_version_falc(source):
        raise ValidationError("Seule une page en français a une version en FALC.")
    place = place_de(source.specific)
    if place.existante is not None:
        if not place.existante.permissions_for_user(user).can_edit():
            raise PermissionDenied
        return place
    if not place.sous.permissions_for_user(user).can_add_subpage():
        raise PermissionDenied
    if not source.live and not source.permissions_for_user(user).can_edit():
        raise PermissionDenied
    if place.source.get_view_restrictions():
        raise ValidationError(
            "L’accès à cette page est restreint : sa version en FALC serait lue par tout le monde. "
            "Demandez d’abord à la modération d’ouvrir la page."
        )
    first = (*place.parents, place.source)[0]
    if not type(first).can_create_at(place.sous):
        raise ValidationError(
            f"« {place.sous.get_admin_display_title()} » ne reçoit pas d’autre page de ce type : "
            f"{first._meta.verbose_name}."
        )
    return place


@transaction.atomic
def creer_version_falc(source: Page, user: Any, depart: Depart = Depart.FRANCAIS) -> PageAvecFalc:
    """Make the version in FALC of a French page, as a draft, and those of the pages above it that have none.

    Raises `DejaCreee` with the page that somebody else has made, or the same person with a second click.
    """
    # Whoever makes a version of these pages holds them: two clicks make one.
    keys = [*source.get_ancestors().filter(depth__gt=1).values_list("pk", flat=True), source.pk]
    list(Page.objects.select_for_update().filter(pk__in=keys).order_by("path"))
    place = verifier(source, user)
    if place.existante is not None:
        raise DejaCreee(place.existante)
    parent: Page = Page.objects.select_for_update().get(pk=place.sous.pk).specific
    for above in place.parents:
        parent = _creer(above, parent, user, Depart.VIDE)
    made: PageAvecFalc = _creer(place.source, parent, user, depart)
    return made


def _creer(source: PageAvecFalc, parent: Page, user: Any, depart: Depart) -> PageAvecFalc:
    text = source if source.live else source.get_latest_revision_as_object()
    locale = locale_falc()
    slug = text.slug if parent.depth > 1 else locale.language_code
    page = type(source)(
        title=text.title,
        slug=find_available_slug(parent, slug),
        locale=locale,
        translation_key=source.translation_key,
        owner=user,
        live=False,
        has_unpublished_changes=True,
    )
    page.reprendre_pour_falc(text)
    if depart == Depart.FRANCAIS:
        page.texte_falc = texte_de_depart(text)
    parent.add_child(instance=page)
    # wagtail-localize must know of it, and leave it alone: a rewrite follows no strings.
    strings, _made = TranslationSource.get_or_create_from_instance(source)
    Translation.objects.update_or_create(source=strings, target_locale=locale, defaults={"enabled": False})
    revision = page.save_revision(user=user)
    log(instance=page, action=CREATION, user=user, revision=revision, content_changed=True, data={"source": source.pk})
    return page
