"""A translated page with the French text beside it, for who learns French or checks a word."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language

from socle import page_cache
from socle.sites import full_url_of, url_of
from variantes.queries.a_cote import rangs
from variantes.queries.absente import completes, versions_de


def a_cote(request: HttpRequest, page_id: int) -> HttpResponse:
    """Both texts, piece by piece. Only where anyone may read both; search engines keep the page itself."""
    langue = get_language() or ""
    versions = {page.locale.language_code: page for page in versions_de(page_id, request.user)}
    page, source = versions.get(langue), versions.get(settings.LANGUAGE_CODE)
    if page is None or page.pk != page_id:
        raise Http404(page_id)
    if langue in {settings.LANGUAGE_CODE, settings.FALC_LANGUAGE_CODE} or source is None:
        return redirect(url_of(page))
    page, source = completes(page, source)
    if not page.se_lit:
        return redirect(url_of(page))
    request.page_evoquee = page  # type: ignore[attr-defined]  # read by the context processor
    context = {
        "page_lue": page,
        "source": source,
        "rangs": rangs(page, source),
        "url_page": url_of(page),
        "url_source": url_of(source),
        "canonique": full_url_of(page),
    }
    return page_cache.allow(render(request, "variantes/lecture/a_cote.html", context))
