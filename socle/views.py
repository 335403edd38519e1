"""Addresses of the foundation: page serving, language entry, robots."""

import datetime

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.encoding import escape_uri_path
from django.utils.translation import (
    get_language,
    get_language_bidi,
    get_language_from_path,
    get_language_from_request,
    override,
)
from django.views.defaults import page_not_found
from wagtail.models import Locale, Page
from wagtail.url_routing import RouteResult
from wagtail.views import serve as wagtail_serve

from socle import fetched_with
from socle.frame import frame
from socle.memo import shelf
from socle.navigation import accueils, variantes
from socle.queries import dans_sa_langue, openness
from socle.search import avec_index
from socle.sites import current_site, reglages_of

# Pages that anyone may read, kept as they are in each process until the content changes: with their blocks read and
# written, they cost little to show again, to readers who have a session or filters of their own.
PAGES = 300


def serve(request: HttpRequest, path: str) -> HttpResponse:
    """Serve the page at `path` in the active language.

    Wagtail walks down the tree with two queries a level, and falls back on the French tree where a language has no
    home page, which would show French under another language's address. Here the page is found by its whole path
    below the home page of the active language, or not at all.
    """
    route = _route(request, path)
    if route is None:
        raise Http404(path)
    # Wagtail's own memory of the routing: its view, its hooks and its user bar all read it.
    request._wagtail_route_for_request = route  # type: ignore[attr-defined]
    response: HttpResponse = wagtail_serve(request, path)
    return response


def _route(request: HttpRequest, path: str) -> RouteResult | None:
    site = current_site(request)
    if site is None:
        return None
    home = frame().home(site, get_language() or "")
    if home is None:
        return None
    url_path = f"{home.url_path}{path}"
    kept: dict[str, Page] = shelf(dict, "pages", limit=PAGES)
    page = kept.get(url_path) or _page_at(url_path, home.locale)
    if page is not None:
        if page.ouverte:
            kept[url_path] = page
        return RouteResult(page)
    # Pages that answer below their own address (routable pages) do it themselves.
    specific_home = _specific(home.pk, home.content_type_id, home.locale)
    try:
        found = specific_home.route(request, [part for part in path.split("/") if part]) if specific_home else None
    except Http404:
        return None
    if found is None or not Page.objects.filter(dans_sa_langue(), pk=found.page.pk).exists():
        return None
    return found


def _page_at(url_path: str, locale: Locale) -> Page | None:
    """The live page at that place, and whether anyone may read it."""
    found = Page.objects.filter(dans_sa_langue(), url_path=url_path, live=True)
    found = found.annotate(ouverte=openness()).order_by()
    row = found.values("pk", "content_type", "ouverte").first()
    page = _specific(row["pk"], row["content_type"], locale) if row else None
    if row and page:
        # An alias also has the restrictions of those it repeats in turn: they are asked each time.
        page.ouverte = row["ouverte"] and page.alias_of_id is None
    return page


def _specific(pk: int, content_type: int, locale: Locale) -> Page | None:
    """The page as its own type, with its locale, and what the index and other apps know of it, in one query."""
    model = ContentType.objects.get_for_id(content_type).model_class() or Page
    page: Page | None = fetched_with.complete(avec_index(model._default_manager.filter(pk=pk))).first()
    if page is not None:
        page.locale = locale
    return page


def _language_home(request: HttpRequest) -> str:
    """Code of the reader's language among those with a live home page; the source language otherwise."""
    available = {home.code for home in accueils(current_site(request))}
    wanted = get_language_from_request(request)
    return wanted if wanted in available else settings.LANGUAGE_CODE


def _to_language(request: HttpRequest, path: str = "") -> HttpResponseRedirect:
    response = HttpResponseRedirect(f"/{_language_home(request)}/{path}")
    patch_vary_headers(response, ["Accept-Language"])
    return response


def racine(request: HttpRequest) -> HttpResponse:
    """To the home page of the reader's language."""
    return _to_language(request)


def accessibilite(request: HttpRequest) -> HttpResponse:
    """To the accessibility statement, in the reader's language where it exists."""
    declaration = reglages_of(request).declaration
    versions = {version.code: version.url for version in variantes(declaration)} if declaration else {}
    url = versions.get(_language_home(request)) or versions.get(settings.LANGUAGE_CODE)
    if not url:
        raise Http404
    response = HttpResponseRedirect(url)
    patch_vary_headers(response, ["Accept-Language"])
    return response


def falc(request: HttpRequest, path: str = "") -> HttpResponse:
    """`/falc/…` is the memorable address of the easy-to-read pages."""
    query = request.META.get("QUERY_STRING", "")
    target = f"/{settings.FALC_LANGUAGE_CODE}/{escape_uri_path(path)}"
    return redirect(f"{target}?{query}" if query else target)


def robots(request: HttpRequest) -> HttpResponse:
    """Robots may read everything public."""
    lines = ["User-agent: *", "Disallow: /admin/", "", f"Sitemap: {request.build_absolute_uri('/sitemap.xml')}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


def security_txt(request: HttpRequest) -> HttpResponse:
    """Where to report a vulnerability (RFC 9116)."""
    courriel = reglages_of(request).courriel
    contact = f"mailto:{courriel}" if courriel else request.build_absolute_uri(reverse("racine"))
    expires = (timezone.now() + datetime.timedelta(days=180)).replace(hour=0, minute=0, second=0, microsecond=0)
    lines = [
        f"Contact: {contact}",
        f"Expires: {expires.astimezone(datetime.UTC):%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: fr, en",
        f"Canonical: {request.build_absolute_uri(request.path)}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


def panne(request: HttpRequest) -> HttpResponse:
    """500 in the language of the address."""
    return _sans_cadre(request, "500.html", 500)


def refusee(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400, for what is malformed or too big, in the language of the address."""
    return _sans_cadre(request, "400.html", 400)


def _sans_cadre(request: HttpRequest, template: str, status: int) -> HttpResponse:
    """A page without anything that may have failed: no database, no frame."""
    langue = get_language_from_path(request.path_info) or settings.LANGUAGE_CODE
    with override(langue):
        sens = "rtl" if get_language_bidi() else "ltr"
        html = render_to_string(template, {"langue": langue, "dir": sens})
    return HttpResponse(html, status=status)


def introuvable(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404 in the reader's language, with the frame of the site."""
    return page_not_found(request, exception, template_name="404.html")
