"""The page in FALC that explains how to use the site."""

from django.conf import settings
from wagtail.models import Page, Site

from socle.frame import frame
from socle.memo import per_generation
from socle.navigation import Lien
from socle.queries import public_pages
from socle.sites import url_of

# Where it stands, below the home page in FALC.
SLUG = "utiliser-ce-site"


@per_generation
def mode_emploi(site: Site | None) -> Lien | None:
    """Return the link to it, where it is public."""
    home = frame().home(site, settings.FALC_LANGUAGE_CODE) if site else None
    if home is None or not home.ouverte:
        return None
    page: Page | None = public_pages().filter(url_path=f"{home.url_path}{SLUG}/").select_related("locale").first()
    return Lien(page.title, url_of(page), page.pk) if page is not None else None
