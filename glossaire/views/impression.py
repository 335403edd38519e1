"""The whole glossary on paper."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from glossaire.models import GlossairePage
from glossaire.queries.liste import entrees
from glossaire.views.liste import gabarit_de_ligne, groupes
from socle import directory, page_cache
from socle.sites import full_url_of, url_of


def imprimer(request: HttpRequest) -> HttpResponse:
    """Every word of the language with its definition. Search engines keep the list itself."""
    langue = get_language() or ""
    visibles = GlossairePage.objects.visible_to(request.user).in_language(langue)
    page = visibles.defer_streamfields().first()
    if page is None:
        raise Http404(langue)
    request.page_evoquee = page  # type: ignore[attr-defined]  # read by the context processor
    directory.open_directory()
    mots = list(entrees(langue, request.user))
    context = {
        "glossaire": page,
        "groupes": groupes(mots, langue),
        "gabarit_de_ligne": gabarit_de_ligne(langue),
        # A picture that has not been scrolled to would be missing on paper.
        "chargement": "auto",
        "total": len(mots),
        "url_page": url_of(page),
        "canonique": full_url_of(page),
    }
    return page_cache.allow(render(request, "glossaire/imprimer.html", context))
