"""Addresses that others keep: those of the concepts, and of what the glossary is exported as."""

from urllib.parse import urljoin

from django.conf import settings
from django.urls import reverse

from socle.frame import frame


def racine() -> str:
    """The scheme and host of the site, as other sites and files write them."""
    sites = frame().sites
    default = next((site for site in sites if site.is_default_site), sites[0] if sites else None)
    return str(default.root_url) if default else str(settings.WAGTAILADMIN_BASE_URL)


def absolue(url: str) -> str:
    return urljoin(racine(), url)


def uri_du_schema() -> str:
    """The address of the glossary itself, whatever the language."""
    return absolue(reverse("concepts"))


def uri_du_concept(identifiant: str) -> str:
    """The address of a concept, which is never given to another."""
    return absolue(reverse("concept", args=[identifiant]))
