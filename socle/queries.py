"""Which pages a person may see, and the lists that every page needs: menus, language variants."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Self

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Length, Substr
from django.utils.translation import get_language, get_language_info
from wagtail.models import Page, PageManager, PageViewRestriction
from wagtail.query import PageQuerySet as WagtailPageQuerySet

Reader = AbstractBaseUser | AnonymousUser


def _closed_to(user: Reader) -> QuerySet[PageViewRestriction]:
    """Restrictions that keep `user` out. A password is never assumed known: such pages appear in no list."""
    restrictions = PageViewRestriction.objects.all()
    if not user.is_authenticated:
        return restrictions
    opened = Q(restriction_type=PageViewRestriction.LOGIN)
    if getattr(user, "is_superuser", False):
        opened |= Q(restriction_type=PageViewRestriction.GROUPS)
    else:
        opened |= Q(restriction_type=PageViewRestriction.GROUPS, groups__user=user)
    return restrictions.exclude(pk__in=PageViewRestriction.objects.filter(opened).values("pk"))


def visible_to(pages: Any, user: Reader) -> Any:
    """Keep the live pages of the queryset `pages` that `user` may read, in the same single query."""
    closed = _closed_to(user).filter(page__path=Substr(OuterRef("path"), 1, Length("page__path")))
    return pages.filter(live=True).exclude(Exists(closed))


class PageQuerySet(WagtailPageQuerySet):
    """Base of every page queryset of the project."""

    @classmethod
    def as_page_manager(cls) -> PageManager:
        return PageManager.from_queryset(cls)()

    def visible_to(self, user: Reader) -> Self:
        """Pages that `user` may read. Every list, feed, search and sitemap starts here."""
        return visible_to(self, user)

    def in_language(self, code: str) -> Self:
        return self.filter(locale__language_code=code)


def public_pages() -> Any:
    """Pages of every type that anyone may read."""
    return visible_to(Page.objects.all(), AnonymousUser())


@dataclass(frozen=True)
class Variante:
    """A language version of a page."""

    code: str
    url: str

    @property
    def nom(self) -> str:
        """The language in its own name."""
        return str(get_language_info(self.code)["name_local"])

    @property
    def dir(self) -> str:
        return "rtl" if get_language_info(self.code)["bidi"] else "ltr"

    @property
    def falc(self) -> bool:
        return self.code == settings.FALC_LANGUAGE_CODE


_LANGUAGE_ORDER = {code: rank for rank, (code, _) in enumerate(settings.LANGUAGES)}


def _as_variantes(pages: Iterable[Page]) -> list[Variante]:
    variantes = [Variante(page.locale.language_code, page.full_url or "") for page in pages]
    return sorted(variantes, key=lambda variante: _LANGUAGE_ORDER.get(variante.code, 99))


def variantes_de(page: Page) -> list[Variante]:
    """Other language versions of `page` that anyone may read, in the order of the settings."""
    versions = public_pages().filter(translation_key=page.translation_key).exclude(pk=page.pk)
    return _as_variantes(versions.select_related("locale"))


def accueils(site_root: Page) -> list[Variante]:
    """The live home page of each language, in the order of the settings."""
    return _as_variantes(
        public_pages().filter(translation_key=site_root.translation_key).select_related("locale")
    )


@dataclass(frozen=True)
class Lien:
    """A link of a menu, ready to show."""

    texte: str
    url: str
    page_id: int | None


def menus(language_code: str) -> dict[str, list[Lien]]:
    """Menus by place for that language, in two queries whatever their length.

    A place without a menu in the language takes the French one. A link to a page shows the page's version in that
    language, or nothing when there is none that anyone may read.
    """
    from socle.models import LienMenu

    liens = list(
        LienMenu.objects.filter(menu__locale__language_code__in={language_code, settings.LANGUAGE_CODE})
        .select_related("menu__locale", "page")
        .order_by("menu__emplacement", "sort_order")
    )
    own = {lien.menu.emplacement for lien in liens if lien.menu.locale.language_code == language_code}
    liens = [
        lien
        for lien in liens
        if (lien.menu.locale.language_code == language_code) == (lien.menu.emplacement in own)
    ]
    keys = {lien.page.translation_key for lien in liens if lien.page}
    versions = {
        page.translation_key: page
        for page in public_pages().filter(translation_key__in=keys, locale__language_code=language_code)
    }
    result: dict[str, list[Lien]] = {}
    for lien in liens:
        if lien.page is None:
            resolved = Lien(lien.texte, lien.url, None)
        elif version := versions.get(lien.page.translation_key):
            translated = lien.menu.locale.language_code == language_code and lien.texte
            resolved = Lien(translated or version.title, version.get_url(), version.pk)
        else:
            continue
        result.setdefault(lien.menu.emplacement, []).append(resolved)
    return result


def pages_par_id(ids: Iterable[int]) -> dict[int, Page]:
    """Readable pages behind internal links, by the id stored in the link.

    A link leads to the version in the active language where there is one, else to the page itself; an id without a
    page that anyone may read is absent. One query.
    """
    wanted = set(ids)
    active = get_language()
    targets = Page.objects.filter(pk__in=wanted).values("translation_key")
    candidates = list(public_pages().filter(translation_key__in=targets).select_related("locale"))
    by_id = {page.pk: page for page in candidates}
    translated = {page.translation_key: page for page in candidates if page.locale.language_code == active}
    result: dict[int, Page] = {}
    for pk in wanted:
        page = by_id.get(pk)
        if page is not None:
            result[pk] = translated.get(page.translation_key, page)
    return result
