"""Doors of the administration that lead to the one login, and the account pages that django-allauth lacks."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.usersessions.views import ListUserSessionsView
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache

from socle.comptes.appareils import appareil
from socle.comptes.forms import SessionsForm
from socle.comptes.queries import a_un_second_facteur, second_facteur_exige


def _suite(request: HttpRequest) -> str:
    """Address to go to after signing in, when it is one of ours."""
    suite = request.GET.get(REDIRECT_FIELD_NAME) or request.POST.get(REDIRECT_FIELD_NAME) or ""
    return suite if suite and get_adapter(request).is_safe_url(suite) else ""


def _vers(name: str, suite: str) -> HttpResponseRedirect:
    url = reverse(name)
    return HttpResponseRedirect(f"{url}?{urlencode({REDIRECT_FIELD_NAME: suite})}" if suite else url)


@never_cache
def connexion(request: HttpRequest) -> HttpResponse:
    """In the place of Wagtail's own logins: to ours, or straight on for someone who may enter."""
    suite = _suite(request)
    if request.user.is_authenticated and request.user.has_perm("wagtailadmin.access_admin"):
        return redirect(suite or "wagtailadmin_home")
    return _vers("account_login", suite)


@never_cache
def connexion_page(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    """In the place of Wagtail's login for private pages."""
    return _vers("account_login", _suite(request))


@never_cache
def mot_de_passe_oublie(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    """In the place of Wagtail's password reset, whatever its step."""
    return _vers("account_reset_password", "")


@login_required
def compte(request: HttpRequest) -> HttpResponse:
    """What a person may change of their account."""
    assert request.user.is_authenticated  # noqa: S101 -- for the type checker
    context = {
        "double_authentification": a_un_second_facteur(request.user),
        "exigee": second_facteur_exige(request.user),
    }
    return render(request, "account/compte.html", context)


class SessionsView(ListUserSessionsView):
    """The open sessions, each of which can be closed."""

    form_class = SessionsForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        for session in context["sessions"]:
            session.appareil = appareil(session.user_agent)
            session.courante = session.is_current()
        context["sessions"].sort(key=lambda session: (not session.courante, -session.created_at.timestamp()))
        return context


sessions = SessionsView.as_view()


def trop_de_demandes(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """429, with the frame of the site."""
    response = render(request, "429.html", status=429)
    response.headers["Retry-After"] = "60"
    return response


def page_perimee(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form sent without the token of a session: too old a page, refused cookies, or another site's."""
    return render(request, "403_csrf.html", status=403)
