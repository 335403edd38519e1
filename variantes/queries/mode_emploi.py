"""The page in FALC that explains how to use the site."""

from django.conf import settings
from wagtail.models import Site

from socle import directory
from socle.frame import frame
from socle.memo import per_generation
from socle.navigation import Lien
from socle.sites import url_of

# Where it stands, below the home page in FALC.
SLUG = "utiliser-ce-site"


@per_generation
def mode_emploi(site: Site | None) -> Lien | None:
    """Return the link to it, where it is public."""
    adresse = _adresse(site)
    page = directory.current().pages.by_address(adresse) if adresse else None
    return Lien(page.title, url_of(page), page.pk) if page is not None else None


def annoncer_le_mode_emploi(site: Site | None) -> None:
    """Have it fetched with what the page being shown refers to."""
    if adresse := _adresse(site):
        directory.current().pages.want(addresses=[adresse])


def _adresse(site: Site | None) -> str:
    home = frame().home(site, settings.FALC_LANGUAGE_CODE) if site else None
    return f"{home.url_path}{SLUG}/" if home is not None and home.ouverte else ""
