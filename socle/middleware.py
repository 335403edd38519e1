"""Requests that no view should ever see."""

from collections.abc import Callable

from csp.constants import HEADER, SELF
from csp.middleware import CSPMiddleware
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import translation
from django.utils.encoding import escape_uri_path
from django.utils.http import escape_leading_slashes, url_has_allowed_host_and_scheme
from wagtail.admin import messages


class RequestTextMiddleware:
    """Answers requests whose address holds a NUL character, which PostgreSQL refuses in any text.

    In a query string the character is dropped by a redirect to the same address without it; in a path it is dropped
    before routing, so that the answer is an ordinary "not found".
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\x00" in request.path_info:
            request.path_info = request.path_info.replace("\x00", "")
            request.path = request.path.replace("\x00", "")
        query = request.META.get("QUERY_STRING", "")
        if request.method in {"GET", "HEAD"} and ("%00" in query or "\x00" in query):
            cleaned = query.replace("%00", "").replace("\x00", "")
            # "//example.org/" as a path must not become an address of another site.
            path = escape_leading_slashes(escape_uri_path(request.path))
            return HttpResponsePermanentRedirect(f"{path}?{cleaned}" if cleaned else path)
        return self.get_response(request)


class AdminLanguageMiddleware:
    """The admin speaks French to those who are signed in, whatever their browser asks for.

    Wagtail follows the browser for whoever has not opened their account page yet. Comes after the authentication: the
    way to the sign-in page follows the browser.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith(settings.ADMIN_PATH) and request.user.is_authenticated:
            translation.activate(settings.LANGUAGE_CODE)
            request.LANGUAGE_CODE = settings.LANGUAGE_CODE
        return self.get_response(request)


class RefusMiddleware:
    """Says in the admin why something was refused that no form had asked about: Wagtail would answer with an error.

    Its own buttons publish, copy and move pages without a form that could show what their models refuse.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        admin = request.path_info.startswith(settings.ADMIN_PATH) and request.method == "POST"
        if not (admin and isinstance(exception, ValidationError) and request.accepts("text/html")):
            return None
        messages.error(request, f"Rien n’a été fait. {' '.join(exception.messages)}")
        before = request.META.get("HTTP_REFERER", "")
        ours = url_has_allowed_host_and_scheme(before, {request.get_host()}, require_https=request.is_secure())
        return redirect(before if ours else "wagtailadmin_home")


class ContentPolicyMiddleware(CSPMiddleware):
    """Strict content security policy on the public site, a looser one of its own for the editors' admin.

    A preview is a public page inside the admin: it keeps the strict policy, but the editor may frame it.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if request.path.startswith(settings.ADMIN_PATH):
            # The previewed page has gone through all middleware already, under its own address.
            is_preview = response.has_header(HEADER)
            policy = settings.PUBLIC_CSP | {"frame-ancestors": [SELF]} if is_preview else settings.ADMIN_CSP
            del response.headers[HEADER]
            response._csp_replace = policy  # type: ignore[attr-defined]  # read by django-csp
        return super().process_response(request, response)
