"""The site of a request and its settings, without asking the database again for each page."""

from django.http import HttpRequest
from wagtail.models import Site

from socle.memo import per_generation
from socle.models import ReglagesSite


def current_site(request: HttpRequest) -> Site | None:
    """Return the site that answers `request`, or None where there is none; Wagtail then finds it there too."""
    if not hasattr(request, "_wagtail_site"):
        # The attribute in which Wagtail remembers it for the request.
        setattr(request, "_wagtail_site", _site_of(request.get_host(), request.get_port()))  # noqa: B010
    site: Site | None = Site.find_for_request(request)
    return site


@per_generation
def _site_of(host: str, port: str) -> Site | None:
    hostname = host.rpartition(":")[0] or host
    sites = list(Site.objects.select_related("root_page", "root_page__locale"))
    same_name = [site for site in sites if site.hostname == hostname]
    same_port = [site for site in same_name if str(site.port) == port]
    default = [site for site in sites if site.is_default_site]
    found = same_port or (same_name if len(same_name) == 1 else []) or default
    return found[0] if found else None


@per_generation
def reglages(site_id: int) -> ReglagesSite:
    """Return the settings of a site."""
    return ReglagesSite.for_site(Site.objects.get(pk=site_id))


def reglages_of(request: HttpRequest) -> ReglagesSite:
    """Return the settings of the site of `request`; the defaults where there is no site."""
    site = current_site(request)
    return reglages(site.pk) if site else ReglagesSite()
