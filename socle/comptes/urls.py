"""Addresses of the account pages: French paths, under the names that django-allauth knows."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as cles
from django.http import HttpRequest, HttpResponseBase
from django.urls import URLPattern, re_path
from django.urls import path as django_path
from django.views.decorators.cache import never_cache

from socle.comptes import views

View = Callable[..., HttpResponseBase]


def _private(view: View) -> View:
    """Keep the answer out of every cache and of every search engine."""

    @never_cache
    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return wrapped


def path(route: str, view: View, name: str) -> URLPattern:
    """Return the pattern of a private page."""
    return django_path(route, _private(view), name=name)


urlpatterns = [
    path("", views.compte, "compte"),
    path("connexion/", account.login, "account_login"),
    path("deconnexion/", account.logout, "account_logout"),
    path("desactive/", account.account_inactive, "account_inactive"),
    path("inscription/", account.signup, "account_signup"),
    path("confirmer/", account.reauthenticate, "account_reauthenticate"),
    # Address
    path("adresse/", account.email, "account_email"),
    path("adresse/a-confirmer/", account.email_verification_sent, "account_email_verification_sent"),
    re_path(r"^adresse/confirmer/(?P<key>[-:\w]+)/$", _private(account.confirm_email), name="account_confirm_email"),
    # Password
    path("mot-de-passe/", account.password_change, "account_change_password"),
    path("mot-de-passe/choisir/", account.password_set, "account_set_password"),
    path("mot-de-passe/oublie/", account.password_reset, "account_reset_password"),
    path("mot-de-passe/oublie/envoye/", account.password_reset_done, "account_reset_password_done"),
    re_path(
        r"^mot-de-passe/nouveau/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        _private(account.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path(
        "mot-de-passe/nouveau/enregistre/",
        account.password_reset_from_key_done,
        "account_reset_password_from_key_done",
    ),
    # Second factor
    path("double-authentification/", mfa.index, "mfa_index"),
    path("double-authentification/code/", mfa.authenticate, "mfa_authenticate"),
    path("double-authentification/confirmer/", mfa.reauthenticate, "mfa_reauthenticate"),
    path("double-authentification/application/ajouter/", totp.activate_totp, "mfa_activate_totp"),
    path("double-authentification/application/retirer/", totp.deactivate_totp, "mfa_deactivate_totp"),
    path("double-authentification/secours/", codes.view_recovery_codes, "mfa_view_recovery_codes"),
    path("double-authentification/secours/nouveaux/", codes.generate_recovery_codes, "mfa_generate_recovery_codes"),
    path("double-authentification/secours/fichier/", codes.download_recovery_codes, "mfa_download_recovery_codes"),
    # Passkeys
    path("cles/", cles.list_webauthn, "mfa_list_webauthn"),
    path("cles/ajouter/", cles.add_webauthn, "mfa_add_webauthn"),
    path("cles/connexion/", cles.login_webauthn, "mfa_login_webauthn"),
    path("cles/confirmer/", cles.reauthenticate_webauthn, "mfa_reauthenticate_webauthn"),
    path("cles/<int:pk>/renommer/", cles.edit_webauthn, "mfa_edit_webauthn"),
    path("cles/<int:pk>/retirer/", cles.remove_webauthn, "mfa_remove_webauthn"),
    # Sessions
    path("sessions/", views.sessions, "usersessions_list"),
]
