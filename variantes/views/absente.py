"""Answers to who asks for a page in a language in which it does not exist: the versions that do.

At the address that the version would have, the answer is a 404: search engines must not keep it. The links of the site
lead to `version/<number>/` instead, which answers 200 and sends on to the version once there is one.
"""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, get_language_from_path, get_language_info
from wagtail.models import Page

from socle import page_cache
from socle.navigation import Variante
from socle.sites import current_site, url_of
from socle.views import introuvable as page_introuvable
from variantes.queries.absente import langue_ouverte, versions_a_cette_adresse, versions_de


@dataclass(frozen=True)
class Offre(Variante):
    """A version that exists, with its title."""

    titre: str = ""


def introuvable(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: with the versions of the page in other languages where it has some, and the way to the home pages."""
    langue = get_language_from_path(request.path_info)
    if not langue:
        return page_introuvable(request, exception)
    versions = versions_a_cette_adresse(current_site(request), _chemin(request, langue), request.user)
    if langue != settings.LANGUAGE_CODE and not langue_ouverte(current_site(request), langue):
        return _absente(request, versions, status=404, fermee=True)
    if not versions:
        return page_introuvable(request, exception)
    return _renvoyer(versions) or _absente(request, versions, status=404)


def version(request: HttpRequest, page_id: int) -> HttpResponse:
    """The version of a page in the active language; where there is none, the others."""
    versions = versions_de(page_id, request.user)
    if not versions:
        raise Http404(page_id)
    return _renvoyer(versions) or page_cache.allow(_absente(request, versions, status=200))


def _chemin(request: HttpRequest, langue: str) -> str:
    """What is asked for below the home page of a language, as pages write their addresses."""
    path = request.path_info.removeprefix(f"/{langue}/").strip("/")
    return f"{path}/" if path else ""


def _renvoyer(versions: list[Page]) -> HttpResponse | None:
    """To the version in the active language, where it exists, under another address."""
    own = next((page for page in versions if page.locale.language_code == get_language()), None)
    url = url_of(own) if own is not None else ""
    return redirect(url) if url else None


def _absente(request: HttpRequest, versions: list[Page], status: int, fermee: bool = False) -> HttpResponse:
    offres = [Offre(page.locale.language_code, url_of(page), titre=page.title) for page in versions if url_of(page)]
    if versions:
        request.page_evoquee = versions[0]  # type: ignore[attr-defined]  # read by the context processor
    code = get_language() or settings.LANGUAGE_CODE
    context: dict[str, Any] = {
        "offres": [offre for offre in offres if not offre.falc],
        "facile": next((offre for offre in offres if offre.falc), None),
        "langue_demandee": get_language_info(code)["name_local"],
        "fermee": fermee,
    }
    return render(request, "variantes/lecture/absente.html", context, status=status)
