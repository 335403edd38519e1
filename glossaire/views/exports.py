"""The glossary for programs: table, linked data, list of terms. What anyone may read, and nothing else."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import get_language
from django.views.decorators.http import conditional_page, require_safe

from glossaire.exports import en_csv, en_json, en_skos
from glossaire.forms import TermesForm
from glossaire.skos import FORMATS
from socle import page_cache


def ouverte(response: HttpResponse) -> HttpResponse:
    """Let pages of other sites read the answer: it is public, and says nothing of who asks."""
    response["Access-Control-Allow-Origin"] = "*"
    # It is made for programs: search engines lead readers to the pages.
    response["X-Robots-Tag"] = "noindex"
    return response


@require_safe
@conditional_page
def glossaire_csv(request: HttpRequest) -> HttpResponse:
    """The table of the public terms, in every language."""
    # Spreadsheets know the encoding by its mark.
    response = HttpResponse(en_csv().encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="glossaire.csv"'
    return page_cache.allow(ouverte(response))


def _skos(extension: str) -> Callable[[HttpRequest], HttpResponse]:
    @require_safe
    @conditional_page
    def view(request: HttpRequest) -> HttpResponse:
        response = HttpResponse(en_skos(extension), content_type=f"{FORMATS[extension]}; charset=utf-8")
        return page_cache.allow(ouverte(response))

    return view


glossaire_ttl, glossaire_jsonld = _skos("ttl"), _skos("jsonld")


@require_safe
@conditional_page
def glossaire_json(request: HttpRequest) -> HttpResponse:
    """The public terms of the language, filtered."""
    form = TermesForm(request.GET)
    if not form.is_valid():
        erreurs = {name: " ".join(map(str, messages)) for name, messages in form.errors.items()}
        return ouverte(JsonResponse({"erreurs": erreurs}, status=400))
    data = en_json(get_language() or "", form.cleaned_data["q"], form.cleaned_data["modifie_depuis"])
    return page_cache.allow(ouverte(JsonResponse(data, json_dumps_params={"ensure_ascii": False})))
