"""Every account page, in every language: headers, titles, scripts, cookies."""

import pytest
from allauth import urls as allauth_urls
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils.translation import override

from socle.comptes import urls
from tests.comptes.gestes import ajouter_application, client_de, confirmer
from tests.factories.comptes import UtilisateurFactory
from tests.factories.pages import FichePageFactory, accueil
from tests.harness.html import StrictClient
from tests.socle.reading import one, soup

pytestmark = pytest.mark.django_db

LANGUES = list(dict(settings.LANGUAGES))
ENTREE = [
    "account_login",
    "account_signup",
    "account_inactive",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key_done",
    "account_email_verification_sent",
]
COMPTE = [
    "compte",
    "account_logout",
    "account_email",
    "account_change_password",
    "account_reauthenticate",
    "mfa_index",
    "mfa_activate_totp",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
    "usersessions_list",
]
PROTEGE = ["mfa_index", "mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_generate_recovery_codes"]
# Steps of flows that the settings leave out: codes by mail, telephones.
SANS_OBJET = {"account_confirm_login_code"}


def noms(patterns: list[URLPattern | URLResolver]) -> set[str]:
    found: set[str] = set()
    for pattern in patterns:
        found |= noms(pattern.url_patterns) if isinstance(pattern, URLResolver) else {str(pattern.name)}
    return found


def test_every_page_of_the_library_has_its_french_address() -> None:
    assert noms(allauth_urls.urlpatterns) - SANS_OBJET == noms(urls.urlpatterns) - {"compte"}


def test_addresses_are_french_and_ascii() -> None:
    english = {"login", "logout", "signup", "password", "email", "reset", "add", "remove", "edit", "key", "done"}
    for pattern in urls.urlpatterns:
        route = str(pattern.pattern)
        assert route.isascii()
        words = set(route.replace("/", " ").replace("-", " ").split())
        assert not words & english, route


def test_no_other_login_answers() -> None:
    """Nothing of Wagtail's or Django's own authentication is left at another address."""
    logins = {"wagtailadmin_login", "wagtailcore_login", "wagtailadmin_password_reset"}
    with override("fr"):
        for name in logins:
            answer = Client().get(reverse(name))
            assert answer.status_code == 302
            assert answer.headers["Location"].startswith("/fr/compte/")
    assert not any(str(name).startswith(("admin:", "login")) for name in get_resolver().reverse_dict)


def check(client: StrictClient, name: str, language: str, **kwargs: object) -> None:
    with override(language):
        path = reverse(name, kwargs=kwargs)
    assert path.startswith(f"/{language}/compte/")
    answer = client.get(path)
    assert answer.status_code == 200, f"{path}: {answer.headers.get('Location')}"
    policy = answer.headers["Content-Security-Policy"]
    assert "script-src 'self';" in f"{policy};"
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert "no-store" in answer.headers["Cache-Control"]
    assert "private" in answer.headers["Cache-Control"]
    assert "noindex" in answer.headers["X-Robots-Tag"]
    assert "noindex" in one(answer, "meta[name=robots]")["content"]
    assert "userbar" not in answer.content.decode()
    assert one(answer, "h1").text.strip()
    assert one(answer, "title").text.strip().startswith(one(answer, "h1").text.strip()[:3])
    for button in soup(answer).select("main button"):
        assert button.get_text(strip=True)


@pytest.mark.parametrize("language", LANGUES)
def test_pages_before_signing_in(client: StrictClient, language: str) -> None:
    for name in ENTREE:
        check(client, name, language)
    for path in ("mot-de-passe/nouveau/1-abc/", "adresse/confirmer/faux/"):
        answer = client.get(f"/{language}/compte/{path}")
        assert answer.status_code == 200
        assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.parametrize("language", LANGUES)
def test_pages_of_the_account(language: str) -> None:
    client = client_de(UtilisateurFactory(groupes=["Rédaction"]))
    confirmer(client)
    for name in COMPTE:
        check(client, name, language)


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_pages_of_an_account_with_a_second_factor(language: str) -> None:
    user = UtilisateurFactory()
    ajouter_application(user)
    client = client_de(user)
    confirmer(client)
    for name in [*PROTEGE, "mfa_reauthenticate"]:
        check(client, name, language)


def test_pages_of_an_account_are_closed_to_strangers(client: StrictClient) -> None:
    for name in {*COMPTE, *PROTEGE} - {"account_logout"}:
        answer = client.get(reverse(name))
        assert answer.status_code == 302, name
        assert answer.headers["Location"].startswith("/fr/compte/connexion/?next="), name


def test_the_drawing_of_the_key_says_what_to_do_without_it() -> None:
    client = client_de(UtilisateurFactory())
    confirmer(client)
    page = client.get(reverse("mfa_activate_totp"))
    image = one(page, "img.qr")
    assert str(image["src"]).startswith("data:image/svg+xml;base64,")
    assert image["alt"]
    assert len(one(page, "code.secret").text.strip()) >= 26


def test_the_public_site_sets_no_cookie_and_knows_no_account_script(client: StrictClient) -> None:
    accueil()
    fiche = FichePageFactory()
    for path in ("/fr/", "/fr/fiches/", fiche.url, "/fr/plan-du-site/", "/fr/recherche/?q=a", "/sitemap.xml"):
        answer = client.get(path)
        assert not answer.cookies, path
        assert "cles.js" not in answer.content.decode(), path
    assert "/compte/" not in client.get("/sitemap.xml").content.decode()


def test_the_language_switch_stays_on_the_page(client: StrictClient) -> None:
    accueil("en")
    page = client.get("/fr/compte/connexion/?next=/admin/")
    assert "/en/compte/connexion/?next=/admin/" in {str(a["href"]) for a in soup(page).select("a[hreflang], a[lang]")}
