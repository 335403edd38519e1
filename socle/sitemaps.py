"""Sitemap of the pages that anyone may read; an index of its parts where they are many."""

from collections import defaultdict
from typing import Any
from urllib.parse import urljoin
from uuid import UUID

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps import views as django_sitemaps
from django.http import HttpRequest, HttpResponse
from wagtail.models import Page

from socle.dates import day_of
from socle.queries import of_every_kind, public_pages
from socle.sites import full_url_of


class PagesSitemap(Sitemap[Page]):
    """Each page with its language versions; easy-to-read French is listed, but is no alternate of another language."""

    # A part of this size answers in a third of a second.
    limit = 1000

    def items(self) -> Any:
        pages = public_pages().filter(depth__gt=1).annotate(mis_a_jour_le=of_every_kind("mis_a_jour_le"))
        return pages.select_related("locale").order_by("path")

    def get_urls(self, page: int | str = 1, site: Any = None, protocol: str | None = None) -> list[dict[str, Any]]:
        found = list(self.paginator.page(page).object_list)
        versions = self._versions({item.translation_key for item in found})
        urls = []
        for item in found:
            location = full_url_of(item)
            if not location:  # outside the site: nobody can reach it
                continue
            falc = item.locale.language_code == settings.FALC_LANGUAGE_CODE
            others = versions[item.translation_key]
            urls.append(
                {
                    "item": item,
                    "location": location,
                    "lastmod": item.mis_a_jour_le or day_of(item.last_published_at),
                    "changefreq": None,
                    "priority": "",
                    # Its own version and the default alone are no alternates.
                    "alternates": others if len(others) > 2 and not falc else [],
                }
            )
        return urls

    def _versions(self, keys: set[UUID]) -> dict[UUID, list[dict[str, str]]]:
        versions: dict[UUID, list[dict[str, str]]] = defaultdict(list)
        pages = (
            public_pages().filter(translation_key__in=keys).exclude(locale__language_code=settings.FALC_LANGUAGE_CODE)
        )
        homes = set()
        for page in pages.select_related("locale").order_by("path"):
            if page.depth == 2:
                homes.add(page.translation_key)
            versions[page.translation_key].append(
                {"location": full_url_of(page), "lang_code": page.locale.language_code}
            )
        for key, found in versions.items():
            source = next((version for version in found if version["lang_code"] == settings.LANGUAGE_CODE), found[0])
            # The address without a language leads to the home page in the language of the browser.
            location = urljoin(source["location"], "/") if key in homes else source["location"]
            found.append({"location": location, "lang_code": "x-default"})
        return versions


SECTIONS: dict[str, type[Sitemap[Any]] | Sitemap[Any]] = {"pages": PagesSitemap}


def sitemap(request: HttpRequest) -> HttpResponse:
    """Every page, or an index of parts where they exceed the limit of one."""
    if PagesSitemap().paginator.num_pages == 1:
        return section(request)
    response: HttpResponse = django_sitemaps.index(request, SECTIONS, sitemap_url_name="sitemap_section")
    return response


def section(request: HttpRequest, section: str | None = None) -> HttpResponse:
    """One part: `?p=` is its number. Raises Http404 where there is none."""
    response: HttpResponse = django_sitemaps.sitemap(request, SECTIONS, section=section)
    return response
