"""The site of a request, its settings and the addresses of its pages, without asking the database for each."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urljoin

from django.conf import settings
from django.http import HttpRequest
from wagtail.models import Page, Site

from socle.frame import frame

if TYPE_CHECKING:
    from socle.models import ReglagesSite

P = TypeVar("P", bound=Page)


def current_site(request: HttpRequest) -> Site | None:
    """Return the site that answers `request`, or None where there is none; Wagtail then finds it there too."""
    if not hasattr(request, "_wagtail_site"):
        # The attribute in which Wagtail remembers it for the request.
        setattr(request, "_wagtail_site", _site_of(request.get_host(), request.get_port()))  # noqa: B010
    site: Site | None = Site.find_for_request(request)
    return site


def _site_of(host: str, port: str) -> Site | None:
    hostname = host.rpartition(":")[0] or host
    sites = frame().sites
    same_name = [site for site in sites if site.hostname == hostname]
    same_port = [site for site in same_name if str(site.port) == port]
    default = [site for site in sites if site.is_default_site]
    found = same_port or (same_name if len(same_name) == 1 else []) or default
    return found[0] if found else None


def reglages_of(request: HttpRequest) -> "ReglagesSite":
    """Return the settings of the site of `request`; the defaults where nobody has set them."""
    from socle.models import ReglagesSite

    site = current_site(request)
    reglages: ReglagesSite = getattr(site, "reglagessite", None) or ReglagesSite()
    return reglages


def located(page: P) -> P:
    """Give `page` what Wagtail needs to know its address, which it would look up again for every page."""
    root_paths = frame().root_paths
    # A site that has just got its first draft home page is not in the frame yet: Wagtail then looks by itself.
    if any(page.url_path.startswith(root.root_path) for root in root_paths):
        # The attribute in which Wagtail remembers it for the page.
        page._wagtail_cached_site_root_paths = root_paths
    return page


def url_of(page: Page) -> str:
    """Return the address of `page` on its site, "" when it belongs to none."""
    return located(page).get_url() or ""


def urls_of(places: Iterable[tuple[int, int, str]]) -> dict[int, str]:
    """Return the addresses of many pages by id, given as (id, content type, path of its address).

    Those of one parent differ by their slug: one of them is computed, as Wagtail does, and the others follow.
    """
    found: dict[int, str] = {}
    bases: dict[str, str] = {}
    for pk, content_type, url_path in places:
        parent, _separator, slug = url_path.rstrip("/").rpartition("/")
        if parent in bases and slug.isascii():
            found[pk] = f"{bases[parent]}{slug}/"
            continue
        found[pk] = url_of(Page.from_db(None, ("id", "content_type_id", "url_path"), (pk, content_type, url_path)))
        if slug.isascii() and found[pk].endswith(f"/{slug}/"):
            bases[parent] = found[pk].removesuffix(f"{slug}/")
    return found


def full_url_of(page: Page) -> str:
    """Return the address of `page` with its scheme and host, "" when it belongs to no site."""
    return located(page).get_full_url() or ""


def racine() -> str:
    """Return the scheme and host of the site, as other sites and files write them."""
    sites = frame().sites
    default = next((site for site in sites if site.is_default_site), sites[0] if sites else None)
    return str(default.root_url) if default else str(settings.WAGTAILADMIN_BASE_URL)


def absolue(url: str) -> str:
    """Return an address with its scheme and host, for what is read elsewhere than on the site."""
    return urljoin(racine(), url)
