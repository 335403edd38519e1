"""Every door of the site leads to the one login, and never round in circles."""

from urllib.parse import quote

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from tests.comptes.gestes import client_de, connecte, se_connecter
from tests.factories.comptes import MOT_DE_PASSE, UtilisateurFactory
from tests.factories.pages import GROUPE, FichePageFactory
from tests.harness.html import StrictClient
from tests.socle.reading import one

pytestmark = pytest.mark.django_db

CONNEXION = "/fr/compte/connexion/"
AILLEURS = [
    "https://mechant.example/",
    "//mechant.example/",
    "///mechant.example",
    "/\\mechant.example",
    "\\\\mechant.example",
    "http:///mechant.example",
    "http:mechant.example",
    "https://testserver@mechant.example/",
    "https://testserver.mechant.example/",
    "javascript:alert(1)",
    "data:text/html,x",
    "ftp://testserver/",
]


@pytest.mark.parametrize("path", ["/admin/", "/admin/pages/", "/admin/reports/locked/?q=a"])
def test_the_admin_sends_strangers_to_the_login_and_back(client: StrictClient, path: str) -> None:
    editor = UtilisateurFactory(groupes=["Rédaction"])
    answer = client.get(path, follow=True)
    assert answer.redirect_chain[-1][0].startswith(f"{CONNEXION}?next=%2Fadmin%2F")
    field = one(answer, "main form[action$='compte/connexion/'] input[name=next]")
    assert field["value"] == path
    assert se_connecter(client, editor, suite=str(field["value"])).headers["Location"] == path


def test_the_old_login_keeps_where_to_go(client: StrictClient) -> None:
    answer = client.get("/admin/login/", {"next": "/admin/pages/?a=1&b=2"})
    assert answer.status_code == 302
    assert answer.headers["Location"] == f"{CONNEXION}?next=%2Fadmin%2Fpages%2F%3Fa%3D1%26b%3D2"
    assert client.get("/admin/login/").headers["Location"] == CONNEXION


@pytest.mark.parametrize("path", ["/admin/login/", "/fr/_util/login/"])
@pytest.mark.parametrize("ailleurs", AILLEURS)
def test_the_old_logins_forget_another_site(client: StrictClient, path: str, ailleurs: str) -> None:
    assert client.get(path, {"next": ailleurs}).headers["Location"] == CONNEXION


def test_the_old_logins_sign_nobody_in(client: StrictClient) -> None:
    user = UtilisateurFactory(superutilisateur=True)
    for path in ("/admin/login/", "/fr/_util/login/"):
        client.post(path, {"username": user.email, "login": user.email, "password": MOT_DE_PASSE})
        assert not connecte(client)


@pytest.mark.parametrize(
    ("accepted", "language"), [("en-GB,en", "en"), ("ar", "ar"), ("fr-CA", "fr"), ("de", "fr"), ("", "fr")]
)
def test_the_login_speaks_the_language_of_the_browser(client: StrictClient, accepted: str, language: str) -> None:
    answer = client.get("/admin/login/", headers={"Accept-Language": accepted})
    assert answer.headers["Location"] == f"/{language}/compte/connexion/"


def test_an_editor_already_in_goes_straight_on(client: StrictClient) -> None:
    client = client_de(UtilisateurFactory(groupes=["Rédaction"]))
    assert client.get("/admin/login/", {"next": "/admin/pages/"}).headers["Location"] == "/admin/pages/"
    assert client.get("/admin/login/").headers["Location"] == "/admin/"
    assert client.get("/admin/login/", {"next": "//mechant.example"}).headers["Location"] == "/admin/"


def test_a_member_who_tries_the_admin_is_told_why_not() -> None:
    client = client_de(UtilisateurFactory())
    for path in ("/admin/", "/admin/login/?next=/admin/"):
        answer = client.get(path, follow=True)
        assert len(answer.redirect_chain) <= 2
        assert answer.status_code == 200
        assert "déjà ouvert" in one(answer, "h1").text


@pytest.mark.parametrize("step", ["", "done/", "confirm/MQ/abc-def/", "complete/", "anything/"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_the_old_password_reset_leads_to_the_new_one(client: StrictClient, step: str, method: str) -> None:
    answer = getattr(client, method)(f"/admin/password_reset/{step}")
    assert answer.headers["Location"] == "/fr/compte/mot-de-passe/oublie/"


def test_a_private_page_sends_to_the_login_and_back(client: StrictClient) -> None:
    fiche = FichePageFactory(protegee="login")
    answer = client.get(fiche.url)
    assert answer.status_code == 302
    assert answer.headers["Location"] == f"{CONNEXION}?next={fiche.url}"
    assert se_connecter(client, UtilisateurFactory(), suite=fiche.url).headers["Location"] == fiche.url
    assert client.get(fiche.url).status_code == 200


def test_a_page_of_a_group_refuses_others_without_a_loop() -> None:
    fiche = FichePageFactory(protegee="groups")
    client = client_de(UtilisateurFactory())
    answer = client.get(fiche.url, follow=True)
    assert len(answer.redirect_chain) == 1
    assert "réservée" in answer.content.decode()
    # From there, another account may be taken, and leads to the page.
    form = one(answer, f"form[action='{reverse('account_logout')}']")
    suite = form.select_one("input[name=next]")["value"]  # type: ignore[index]
    answer = client.post(reverse("account_logout"), {"next": suite})
    assert answer.headers["Location"] == f"{CONNEXION}?next={quote(fiche.url, safe='')}"
    reader = UtilisateurFactory(groupes=[GROUPE])
    assert Group.objects.get(name=GROUPE) in reader.groups.all()
    assert se_connecter(client, reader, suite=fiche.url).headers["Location"] == fiche.url
    assert client.get(fiche.url).status_code == 200


def test_leaving_the_admin_leads_to_the_login() -> None:
    client = client_de(UtilisateurFactory(groupes=["Rédaction"]))
    assert client.post("/admin/logout/", follow=True).redirect_chain[-1][0] == CONNEXION
    assert not connecte(client)


def test_the_admin_hands_addresses_and_passwords_over_to_the_account_pages() -> None:
    client = client_de(UtilisateurFactory(groupes=["Rédaction"]))
    html = client.get("/admin/account/").content.decode()
    assert "/fr/compte/" in html
    assert 'type="password"' not in html
    assert 'name="name_email-email"' not in html
