"""What the frame of every page needs: settings, menus, language versions."""

from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from socle.navigation import Lien, Variante, accueils, menus, variantes
from socle.sites import current_site, reglages_of, url_of


@dataclass(frozen=True)
class VersionFalc:
    """Where the easy-to-read switch leads; `existe` is false when it can only lead to the easy-to-read home page."""

    url: str
    existe: bool


@dataclass(frozen=True)
class Cadre:
    """Language versions of the page being shown, and the home page of the active language."""

    langues: list[dict[str, Any]]
    falc: VersionFalc | None
    francais: VersionFalc | None


def _versions(request: HttpRequest) -> tuple[dict[str, Variante], dict[str, Variante]]:
    """(language versions of what is shown, home pages), by language code."""
    homes = {home.code: home for home in accueils(current_site(request))}
    page = getattr(request, "page_courante", None)
    if page is not None:
        own = Variante(page.locale.language_code, url_of(page))
        versions = {own.code: own, **{version.code: version for version in variantes(page)}}
        # Filters mean the same in every language; the length of the list may differ.
        query = request.GET.copy()
        query.pop("page", None)
        if query:
            versions = {
                code: replace(version, url=f"{version.url}?{query.urlencode()}") for code, version in versions.items()
            }
        return versions, homes
    match = getattr(request, "resolver_match", None)
    if match is None or match.url_name == "wagtail_serve":  # a page that is not there, or closed, shows no versions
        return {}, homes
    # The addresses of views differ by their prefix alone.
    prefix, path = f"/{get_language()}/", request.get_full_path()
    if not path.startswith(prefix):
        return {}, homes
    return {code: Variante(code, f"/{code}/{path.removeprefix(prefix)}") for code in homes}, homes


def _cadre(request: HttpRequest) -> Cadre:
    versions, homes = _versions(request)
    active = get_language()
    falc, french = settings.FALC_LANGUAGE_CODE, settings.LANGUAGE_CODE
    # Where the page has no version in a language, its entry leads to that language's home page.
    langues = [
        {
            "code": code,
            "nom": home.nom,
            "dir": home.dir,
            "url": (versions.get(code) or home).url,
            "existe": code in versions,
            "courante": code == active,
        }
        for code, home in homes.items()
        if code != falc
    ]

    def version(code: str) -> VersionFalc | None:
        home = homes.get(code)
        return VersionFalc((versions.get(code) or home).url, code in versions) if home else None

    return Cadre(
        langues=langues,
        falc=version(falc) if active != falc else None,
        francais=version(french) if active == falc else None,
    )


def _menu(request: HttpRequest, found: list[Lien]) -> list[dict[str, Any]]:
    page = getattr(request, "page_courante", None)
    path = request.path
    return [
        {
            "texte": lien.texte,
            "url": lien.url,
            "courant": bool(page and lien.page_id == page.pk) or lien.url == path,
            "ouvert": bool(lien.page_id and lien.url not in {"", "/"} and path.startswith(lien.url)),
        }
        for lien in found
    ]


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def _signaler(request: HttpRequest) -> str:
    """Where to tell a problem on what is being shown."""
    page = getattr(request, "page_courante", None)
    url = _address("signaler")
    return f"{url}?page={page.pk}" if url and page is not None and page.pk else url


def site(request: HttpRequest) -> dict[str, Any]:
    """Values are lazy: pages that show no frame (the admin, feeds) pay nothing."""
    cadre = SimpleLazyObject(lambda: _cadre(request))
    liens = SimpleLazyObject(lambda: menus(get_language() or settings.LANGUAGE_CODE))
    return {
        "reglages": SimpleLazyObject(lambda: reglages_of(request)),
        "menu_principal": SimpleLazyObject(lambda: _menu(request, liens.get("principal", []))),
        "menu_pied": SimpleLazyObject(lambda: _menu(request, liens.get("pied", []))),
        "langues": SimpleLazyObject(lambda: cadre.langues),
        "falc": SimpleLazyObject(lambda: cadre.falc),
        "francais": SimpleLazyObject(lambda: cadre.francais),
        "url_accueil": SimpleLazyObject(lambda: f"/{get_language()}/"),
        "url_recherche": SimpleLazyObject(lambda: _address("recherche")),
        "url_suggestions": SimpleLazyObject(lambda: _address("suggestions")),
        "url_plan": SimpleLazyObject(lambda: _address("plan_du_site")),
        "url_proposer": SimpleLazyObject(lambda: _address("proposer")),
        "url_signaler": SimpleLazyObject(lambda: _signaler(request)),
        "url_accessibilite": "/accessibilite",
    }
