"""The permanent address of a concept, which leads to its term in the reader's language, or to its data."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseGone, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language, get_language_bidi, override
from django.utils.translation.trans_real import parse_accept_lang_header
from django.views.decorators.http import conditional_page, require_safe

from glossaire.exports import langue_preferee
from glossaire.models import Concept
from glossaire.queries.publics import concepts_publics, glossaires_publics
from glossaire.skos import FORMATS, ecrire, graphe
from glossaire.views.exports import ouverte
from socle import page_cache

ENTETE_MAX = 500


class VoirAilleurs(HttpResponseRedirect):
    """What the address names is no page: a page about it is elsewhere (303 See Other)."""

    status_code = 303


def _vers(request: HttpRequest, url: str) -> HttpResponse:
    response = VoirAilleurs(url)
    patch_vary_headers(response, ["Accept", "Accept-Language"])
    return ouverte(response)


def _langue(request: HttpRequest, disponibles: list[str]) -> str:
    return langue_preferee(list(parse_accept_lang_header(_entete(request))), disponibles)


def _entete(request: HttpRequest) -> str:
    return request.headers.get("Accept-Language", "").lower()[:ENTETE_MAX]


def _extension(request: HttpRequest) -> str:
    """The kind of data that the reader prefers to a page; nothing for a browser."""
    types = {"text/html": "", **{kind: extension for extension, kind in FORMATS.items()}}
    preferred = request.get_preferred_type(list(types))
    return types.get(preferred or "", "")


@require_safe
def concept(request: HttpRequest, identifiant: str) -> HttpResponse:
    """To the public term in the language of the reader, or to the data of the concept."""
    found = concepts_publics(identifiant)
    if not found:
        return _absent(identifiant)
    if extension := _extension(request):
        return _vers(request, reverse("concept_donnees", args=[identifiant, extension]))
    termes = found[0].termes
    return _vers(request, termes[_langue(request, list(termes))].chemin)


def _absent(identifiant: str) -> HttpResponse:
    """A concept that was public and is no more says so; of the others, nothing is told."""
    known = get_object_or_404(Concept.objects.only("public_le"), identifiant=identifiant)
    if known.public_le is None:
        raise Http404
    # Without the frame of the site: the address has no language, and so no home page.
    context = {"langue": get_language() or settings.LANGUAGE_CODE, "dir": "rtl" if get_language_bidi() else "ltr"}
    response = HttpResponseGone(render_to_string("glossaire/concept_retire.html", context))
    patch_vary_headers(response, ["Accept-Language"])
    return response


@require_safe
@conditional_page
def donnees(request: HttpRequest, identifiant: str, extension: str) -> HttpResponse:
    """One concept as linked data."""
    found = concepts_publics(identifiant)
    if not found:
        return _absent(identifiant)
    content = ecrire(graphe(found, entier=False), extension)
    response = HttpResponse(content, content_type=f"{FORMATS[extension]}; charset=utf-8")
    return page_cache.allow(ouverte(response))


@require_safe
def concepts(request: HttpRequest) -> HttpResponse:
    """The address of the glossary whatever the language: to its page, or to its data."""
    pages = glossaires_publics()
    if not pages:
        raise Http404
    langue = _langue(request, list(pages))
    if extension := _extension(request):
        with override(langue):
            return _vers(request, reverse(f"glossaire_{extension}"))
    return _vers(request, pages[langue][1])
