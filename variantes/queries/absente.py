"""Pages that are asked for in a language in which they do not exist."""

from typing import Any

from django.conf import settings
from wagtail.models import Page, Site

from socle.frame import frame
from socle.queries import Reader, visible_to

_RANGS = {code: rank for rank, (code, _name) in enumerate(settings.LANGUAGES)}


def langue_ouverte(site: Site | None, code: str) -> bool:
    """Tell whether the site has a home page of its own, be it private, in that language."""
    home = frame().home(site, code) if site else None
    return home is not None and home.live and home.alias_of_id is None


def versions_de(page_id: int, user: Reader) -> list[Page]:
    """Return the versions, in the order of the languages, of the page of that number that `user` may read."""
    key = Page.objects.filter(pk=page_id, depth__gt=1).order_by().values("translation_key")
    pages = visible_to(Page.objects.filter(translation_key__in=key), user).select_related("locale").order_by()
    return sorted(pages, key=_rang)


def versions_a_cette_adresse(site: Site | None, chemin: str, user: Reader) -> list[Page]:
    """Return the readable versions of the page that stands, in any language, at this path below the home page.

    A version that is not public lends its address, and nothing else: a reader who follows an old link finds the others.
    """
    if site is None:
        return []
    addresses = [f"{home.url_path}{chemin}" for home in frame().homes(site)]
    there = Page.objects.filter(url_path__in=addresses).order_by().values("translation_key")
    found = visible_to(Page.objects.filter(translation_key__in=there), user).select_related("locale").order_by()
    pages = sorted(found, key=_rang)
    # Two pages may have the same address in two languages: what the source language calls so comes first.
    first = next((page for page in pages if page.url_path in addresses), next(iter(pages), None))
    return [page for page in pages if first is not None and page.translation_key == first.translation_key]


def completes(*pages: Page) -> list[Any]:
    """Return these pages as their own type, with their languages. One query where they are of one type."""
    found = {page.pk: page for page in Page.objects.filter(pk__in=[page.pk for page in pages]).specific()}
    for page in pages:
        found[page.pk].locale = page.locale
    return [found[page.pk] for page in pages]


def _rang(page: Page) -> int:
    return _RANGS.get(page.locale.language_code, len(_RANGS))
