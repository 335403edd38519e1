"""Languages in which the site is not open."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language_from_path

from socle.sites import current_site
from variantes.queries.absente import langue_ouverte

# What a mail sent while the language was open still leads to, and what a person's account needs.
TOUJOURS = ("compte/", "_util/", "proposer/confirmer/", "proposer/completer/")


class LangueOuverteMiddleware:
    """A language without a live home page of its own answers nothing but "not found", whatever the address.

    Its views would show an empty site, and its forms would receive what nobody reads.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        langue = get_language_from_path(request.path_info)
        # Django reads "/en-tout-cas/" as English too.
        if not langue or langue == settings.LANGUAGE_CODE or not f"{request.path_info}/".startswith(f"/{langue}/"):
            return
        if request.path_info.removeprefix(f"/{langue}/").startswith(TOUJOURS):
            return
        if not langue_ouverte(current_site(request), langue):
            raise Http404(langue)
