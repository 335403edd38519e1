"""What the frame of every page is built from: sites with their settings, home pages, menus.

Read together in three queries, once per content generation in each process.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from wagtail.models import Locale, Page, Site
from wagtail.models.sites import SiteRootPath

from socle.memo import per_generation
from socle.queries import openness

if TYPE_CHECKING:
    from socle.models import LienMenu


@dataclass(frozen=True)
class Frame:
    """Sites, menu links, and the home pages and linked pages in every language, drafts and private ones included."""

    sites: tuple[Site, ...]
    liens: tuple["LienMenu", ...]
    pages: tuple[Page, ...]

    @cached_property
    def locales(self) -> dict[int, Locale]:
        """The languages in which the site has a home page, by primary key."""
        return {page.locale_id: page.locale for page in self.pages}

    @cached_property
    def root_paths(self) -> list[SiteRootPath]:
        """Where the tree of each site begins in each language, as `Site.get_site_root_paths()` gives them."""
        sites = sorted(self.sites, key=lambda site: (not site.is_default_site, site.hostname))
        sites.sort(key=lambda site: site.root_page.url_path, reverse=True)
        return [
            SiteRootPath(site.pk, home.url_path, site.root_url, home.locale.language_code)
            for site in sites
            for home in self.pages
            if home.translation_key == site.root_page.translation_key
        ]

    def homes(self, site: Site) -> list[Page]:
        """The home page of `site` in each language, drafts and private ones included."""
        return [page for page in self.pages if page.translation_key == site.root_page.translation_key]

    def home(self, site: Site, language_code: str) -> Page | None:
        """The home page of `site` in that language, or None where it has none."""
        return next((page for page in self.homes(site) if page.locale.language_code == language_code), None)

    @cached_property
    def declarations(self) -> list[int]:
        """The accessibility statements of the sites, the default site's first."""
        sites = sorted(self.sites, key=lambda site: not site.is_default_site)
        found = (getattr(site, "reglagessite", None) for site in sites)
        return [reglages.declaration_id for reglages in found if reglages and reglages.declaration_id]

    def linked_page(self, lien: "LienMenu", language_code: str) -> Page | None:
        """The page that a menu link leads to in that language, where it exists and anyone may read it."""
        return self.version(lien.page_id, language_code)

    def version(self, page_id: int | None, language_code: str) -> Page | None:
        """The version of one of the pages of the frame in that language, where anyone may read it."""
        key = next((page.translation_key for page in self.pages if page.pk == page_id), None)
        versions = (page for page in self.pages if page.translation_key == key and page.ouverte)
        return next((page for page in versions if page.locale.language_code == language_code), None)


@per_generation
def frame() -> Frame:
    """Return the frame, shared by all: callers must not change it."""
    from socle.models import LienMenu

    sites = tuple(Site.objects.select_related("root_page__locale", "reglagessite__logo"))
    liens = tuple(LienMenu.objects.select_related("menu__locale").order_by("menu__emplacement", "sort_order"))
    found = Frame(sites, liens, ())
    ids = {site.root_page_id for site in sites} | {lien.page_id for lien in liens if lien.page_id}
    return replace(found, pages=tuple(_in_every_language(ids.union(found.declarations))))


def _in_every_language(ids: Iterable[int]) -> Iterable[Page]:
    keys = Page.objects.filter(pk__in=ids).order_by().values("translation_key")
    return Page.objects.filter(translation_key__in=keys).annotate(ouverte=openness()).select_related("locale")
