"""Questions about the versions in FALC: who writes them, where one would go."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, QuerySet
from wagtail.models import Locale, Page
from wagtail.permissions import page_permission_policy

from redaction.queries.bureau import Filtres
from socle.frame import frame
from socle.queries import public_pages
from variantes.models.falc import PageAvecFalc


@dataclass(frozen=True)
class Place:
    """Where the version in FALC of a French page is, or would be."""

    source: PageAvecFalc
    existante: Page | None
    # The page under which the first of those to make goes, and the French pages above that have no version yet.
    sous: Page
    parents: tuple[PageAvecFalc, ...]


def locale_falc() -> Locale:
    return Locale.objects.get(language_code=settings.FALC_LANGUAGE_CODE)


def place_de(source: PageAvecFalc) -> Place:
    """Return where the version in FALC of `source` goes."""
    above = [page for page in source.get_ancestors() if page.depth > 1]
    keys = [page.translation_key for page in above]
    versions = {
        page.translation_key: page
        for page in Page.objects.filter(
            translation_key__in=[*keys, source.translation_key],
            locale__language_code=settings.FALC_LANGUAGE_CODE,
        )
    }
    missing: list[PageAvecFalc] = []
    sous = source.get_root()
    for page in reversed(above):
        if found := versions.get(page.translation_key):
            sous = found
            break
        missing.insert(0, page.specific)
    return Place(source, versions.get(source.translation_key), sous.specific, tuple(missing))


def version_falc(page: Page) -> Page | None:
    """Return the version in FALC of a page, public or not."""
    found: Page | None = Page.objects.filter(
        translation_key=page.translation_key, locale__language_code=settings.FALC_LANGUAGE_CODE
    ).first()
    return found


def ecrit_en_falc(user: Any) -> bool:
    """Tell whether a person writes pages in FALC, without asking anything of each page of a list."""
    if not user.is_active or user.is_superuser:
        return bool(user.is_active)
    if not hasattr(user, "_ecrit_en_falc"):
        rights = page_permission_policy.get_cached_permissions_for_user(user)
        code = settings.FALC_LANGUAGE_CODE
        added = {right.page.locale_id for right in rights if right.permission.codename == "add_page"}
        user._ecrit_en_falc = Locale.objects.filter(pk__in=added, language_code=code).exists() if added else False
    return bool(user._ecrit_en_falc)


def a_une_version_falc(page: Any) -> bool:
    """Tell whether a page is one that may have a version in FALC: a French page of the site, no copy of another."""
    source = isinstance(page, PageAvecFalc) or issubclass(page.specific_class or Page, PageAvecFalc)
    # Known by the frame: a list of pages would ask for each.
    locale = frame().locales.get(page.locale_id) or page.locale
    french: bool = locale.language_code == settings.LANGUAGE_CODE
    return source and french and page.depth > 1 and not page.alias_of_id


def a_ecrire(filtres: Filtres) -> QuerySet[Page]:
    """Return the public French pages that have no version in FALC, the newest first."""
    versions = Page.objects.filter(
        locale__language_code=settings.FALC_LANGUAGE_CODE, translation_key=OuterRef("translation_key")
    )
    kinds = ContentType.objects.get_for_models(*PageAvecFalc.__subclasses__()).values()
    french = public_pages().filter(
        filtres.pages, locale__language_code=settings.LANGUAGE_CODE, content_type__in=kinds, alias_of=None
    )
    return french.exclude(Exists(versions.order_by())).order_by("-last_published_at", "pk")
