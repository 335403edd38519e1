"""What the frame of every page needs: settings, menus, language versions."""

from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, gettext, override

from socle.frame import frame
from socle.navigation import Lien, Variante, accueils, menus, variantes
from socle.sites import current_site, reglages_of, url_of


@dataclass(frozen=True)
class VersionFalc:
    """Where the easy-to-read switch leads; where `existe` is false, to a page that says so and offers the others."""

    url: str
    existe: bool


@dataclass(frozen=True)
class Cadre:
    """Language versions of the page being shown, and whether the site is open in the active language."""

    langues: list[dict[str, Any]]
    falc: VersionFalc | None
    francais: VersionFalc | None
    ouvert: bool


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
    evoquee = getattr(request, "page_evoquee", None)
    if evoquee is not None:  # what is shown is about a page: it is that page which has versions
        return {version.code: version for version in variantes(evoquee)}, homes
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
    page = getattr(request, "page_courante", None) or getattr(request, "page_evoquee", None)
    # Where the page has no version in a language, its entry leads to that language's home page, and says so.
    langues = [
        {
            "code": code,
            "nom": home.nom,
            "dir": home.dir,
            "url": (versions.get(code) or home).url,
            "existe": code in versions,
            "accueil": "" if code in versions else _accueil(code),
            "courante": code == active,
        }
        for code, home in homes.items()
        if code != falc
    ]

    def version(code: str) -> VersionFalc | None:
        home = homes.get(code)
        if home is None:
            return None
        if code in versions:
            return VersionFalc(versions[code].url, True)
        if page is None or not page.pk:  # nothing is missing: there is no page
            return VersionFalc(home.url, True)
        with override(code):
            return VersionFalc(_address("version", page.pk) or home.url, False)

    return Cadre(
        langues=langues,
        falc=version(falc) if active != falc else None,
        francais=version(french) if active == falc else None,
        ouvert=active in homes or active == french,
    )


def _accueil(code: str) -> str:
    """What a home page is called in its own language."""
    with override(code):
        return gettext("Accueil")


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


def _address(name: str, *args: Any) -> str:
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def _signaler(request: HttpRequest) -> str:
    """Where to tell a problem on what is being shown."""
    page = getattr(request, "page_courante", None)
    url = _address("signaler")
    return f"{url}?page={page.pk}" if url and page is not None and page.pk else url


def _accessibilite() -> str:
    """The accessibility statement in the active language; in French where it has no version of its own."""
    whole = frame()
    found = (whole.version(declaration, code) for declaration in whole.declarations for code in _langues_lues())
    page = next((page for page in found if page is not None), None)
    return (url_of(page) if page else "") or "/accessibilite"


def _langues_lues() -> tuple[str, str]:
    return get_language() or settings.LANGUAGE_CODE, settings.LANGUAGE_CODE


def site(request: HttpRequest) -> dict[str, Any]:
    """Values are lazy: pages that show no frame (the admin, feeds) pay nothing."""
    cadre = SimpleLazyObject(lambda: _cadre(request))
    liens = SimpleLazyObject(lambda: menus(get_language() or settings.LANGUAGE_CODE))

    def view(name: str) -> Any:
        # Where the site is not open in a language, none of its views answers.
        return SimpleLazyObject(lambda: _address(name) if cadre.ouvert else "")

    return {
        "reglages": SimpleLazyObject(lambda: reglages_of(request)),
        "menu_principal": SimpleLazyObject(lambda: _menu(request, liens.get("principal", []))),
        "menu_pied": SimpleLazyObject(lambda: _menu(request, liens.get("pied", []))),
        "langues": SimpleLazyObject(lambda: cadre.langues),
        "falc": SimpleLazyObject(lambda: cadre.falc),
        "francais": SimpleLazyObject(lambda: cadre.francais),
        "url_accueil": SimpleLazyObject(lambda: f"/{get_language()}/" if cadre.ouvert else "/"),
        "url_recherche": view("recherche"),
        "url_suggestions": view("suggestions"),
        "url_plan": view("plan_du_site"),
        "url_proposer": view("proposer"),
        "url_signaler": SimpleLazyObject(lambda: _signaler(request) if cadre.ouvert else ""),
        "url_accessibilite": SimpleLazyObject(_accessibilite),
    }
