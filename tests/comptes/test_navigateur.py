"""In a real browser: passkeys on a device of its own making, no JavaScript, axe, the keyboard, a narrow screen."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import override_settings
from django.utils.crypto import get_random_string
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django import DjangoDbBlocker

from socle.models import Utilisateur
from tests.accessibilite.test_axe import WINDOWS, assert_no_violation
from tests.accessibilite.test_keyboard import FOCUSED
from tests.accessibilite.test_reflow import assert_no_sideways_scroll
from tests.comptes.gestes import ajouter_application
from tests.factories.comptes import MOT_DE_PASSE
from tests.harness import database
from tests.harness.browser import Guard
from tests.harness.server import PASSWORD, Server, environment

CONNEXION = "/fr/compte/connexion/"
Appareil = Callable[..., str]


@pytest.fixture
def sur_le_serveur(server: Server, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Write in the database of the running server as it would itself: with its key and its password hasher."""
    key = environment(server.database)["SECRET_KEY"]
    hashers = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
    with (
        override_settings(SECRET_KEY=key, PASSWORD_HASHERS=hashers),
        django_db_blocker.unblock(),
        database.connected_to(server.database),
    ):
        yield


@pytest.fixture
def membre(sur_le_serveur: None) -> Iterator[Utilisateur]:
    """Give the running site an account, and take it back."""
    user = Utilisateur.objects.create_user(f"{get_random_string(8).lower()}@exemple.test", MOT_DE_PASSE)
    yield user
    user.delete()


@pytest.fixture
def page(new_context: Callable[..., BrowserContext]) -> Page:
    return new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce").new_page()


@pytest.fixture
def appareil(page: Page) -> Appareil:
    """Plug a virtual authenticator in: a telephone that recognises its owner, unless told otherwise."""

    def plug(**options: Any) -> str:
        session = page.context.new_cdp_session(page)
        session.send("WebAuthn.enable")
        defaults = {
            "protocol": "ctap2",
            "transport": "internal",
            "hasResidentKey": True,
            "hasUserVerification": True,
            "isUserVerified": True,
            "automaticPresenceSimulation": True,
        }
        answer = session.send("WebAuthn.addVirtualAuthenticator", {"options": {**defaults, **options}})
        return str(answer["authenticatorId"])

    return plug


def se_connecter(page: Page, user: Utilisateur, suite: str = "") -> None:
    page.goto(f"{CONNEXION}?next={suite}" if suite else CONNEXION)
    page.get_by_label("Adresse e-mail").fill(user.email)
    page.get_by_label("Mot de passe", exact=True).fill(MOT_DE_PASSE)
    page.get_by_role("button", name="Se connecter", exact=True).click()


def ajouter_cle(page: Page, *, seule: bool = True) -> None:
    page.goto("/fr/compte/cles/ajouter/")
    page.get_by_label("Mot de passe", exact=True).fill(MOT_DE_PASSE)
    page.get_by_role("button", name="Continuer").click()
    page.get_by_label("Entrer avec cette clé seule").set_checked(seule)
    page.get_by_role("button", name="Créer la clé d’accès").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Codes de secours")


def quitter(page: Page) -> None:
    page.goto("/fr/compte/")
    page.get_by_role("button", name="Quitter mon compte").click()
    expect(page.get_by_text("Vous avez quitté votre compte.")).to_be_visible()


def test_a_passkey_opens_the_account_where_the_person_was_going(
    page: Page, appareil: Appareil, membre: Utilisateur
) -> None:
    appareil()
    se_connecter(page, membre)
    ajouter_cle(page)
    quitter(page)
    page.goto(f"{CONNEXION}?next=/fr/plan-du-site/")
    page.get_by_role("button", name="Utiliser ma clé d’accès").click()
    expect(page).to_have_url("/fr/plan-du-site/")
    page.goto("/fr/compte/cles/")
    expect(page.get_by_text("Dernier usage le")).to_be_visible()


def test_a_passkey_is_the_second_step_after_a_password(page: Page, appareil: Appareil, membre: Utilisateur) -> None:
    appareil()
    se_connecter(page, membre)
    ajouter_cle(page, seule=False)
    quitter(page)
    se_connecter(page, membre, "/fr/plan-du-site/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Deuxième étape")
    page.get_by_role("button", name="Utiliser ma clé d’accès").click()
    expect(page).to_have_url("/fr/plan-du-site/")


def test_a_passkey_confirms_a_sensitive_change(page: Page, appareil: Appareil, membre: Utilisateur) -> None:
    appareil()
    se_connecter(page, membre)
    ajouter_cle(page)
    # Five minutes later, the site asks again.
    page.goto("/fr/compte/cles/confirmer/?next=/fr/compte/double-authentification/secours/")
    page.get_by_role("button", name="Utiliser ma clé d’accès").click()
    expect(page).to_have_url("/fr/compte/double-authentification/secours/")


def test_a_device_that_refuses_is_told_and_may_try_again(page: Page, appareil: Appareil, membre: Utilisateur) -> None:
    appareil(isUserVerified=False)
    page.goto(CONNEXION)
    alert = page.get_by_text("L’appareil n’a pas donné de clé d’accès.")
    expect(alert).to_be_hidden()
    page.get_by_role("button", name="Utiliser ma clé d’accès").click()
    expect(alert).to_be_visible(timeout=30_000)
    expect(page).to_have_url(CONNEXION)
    se_connecter(page, membre)
    expect(page).to_have_url("/fr/compte/")


@pytest.mark.parametrize("width", [320, 1280])
def test_everything_but_passkeys_works_without_javascript(
    new_context: Callable[..., BrowserContext], membre: Utilisateur, width: int
) -> None:
    page = new_context(viewport={"width": width, "height": 900}, java_script_enabled=False).new_page()
    page.goto(CONNEXION)
    expect(page.get_by_role("button", name="Utiliser ma clé d’accès")).to_be_hidden()
    expect(page.get_by_text("demande un navigateur récent, avec JavaScript")).to_be_visible()
    page.get_by_role("button", name="Se connecter", exact=True).click()
    expect(page.get_by_role("alert").get_by_role("link")).to_have_count(2)
    se_connecter(page, membre)
    expect(page).to_have_url("/fr/compte/")
    page.goto("/fr/compte/sessions/")
    expect(page.get_by_text("Cet appareil")).to_be_visible()
    quitter(page)


def test_the_second_step_works_with_a_recovery_code(page: Page, membre: Utilisateur) -> None:
    codes = ajouter_application(membre)
    se_connecter(page, membre)
    page.get_by_label("Code", exact=True).fill(codes[0])
    page.get_by_role("button", name="Se connecter").click()
    expect(page).to_have_url("/fr/compte/")


def test_closing_a_session_here_closes_it_there(
    page: Page, new_context: Callable[..., BrowserContext], membre: Utilisateur
) -> None:
    elsewhere = new_context(
        user_agent="Mozilla/5.0 (Windows NT 10.0; rv:130.0) Gecko/20100101 Firefox/130.0"
    ).new_page()
    se_connecter(elsewhere, membre)
    se_connecter(page, membre)
    page.goto("/fr/compte/sessions/")
    page.get_by_role("button", name="Fermer Firefox, Windows").click()
    expect(page.get_by_text("C’est fait")).to_be_visible()
    elsewhere.goto("/fr/compte/")
    expect(elsewhere.get_by_role("heading", level=1)).to_have_text("Se connecter")


OUVERTES = ["mot-de-passe/oublie/", "inscription/", "mot-de-passe/nouveau/1-abc/"]
FERMEES = [
    "",
    "adresse/",
    "mot-de-passe/",
    "double-authentification/",
    "double-authentification/application/ajouter/",
    "cles/",
    "cles/ajouter/",
    "sessions/",
    "deconnexion/",
    "connexion/",
]


def look(page: Page) -> None:
    page.evaluate("() => document.querySelectorAll('details:not([data-fermer])').forEach((d) => { d.open = true })")
    assert_no_violation(page)
    assert_no_sideways_scroll(page)


@pytest.mark.parametrize(("width", "scheme"), WINDOWS)
@pytest.mark.parametrize("language", ["fr", "fr-simple", "ar"])
def test_axe_finds_nothing_before_signing_in(
    new_context: Callable[..., BrowserContext], language: str, width: int, scheme: str
) -> None:
    context = new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, reduced_motion="reduce")
    page = context.new_page()
    for path in OUVERTES:
        page.goto(f"/{language}/compte/{path}")
        look(page)
    page.goto(f"/{language}/compte/connexion/")
    page.locator("main form button").first.click()
    look(page)


@pytest.mark.parametrize(("width", "scheme"), WINDOWS)
@pytest.mark.parametrize("language", ["fr", "ar"])
def test_axe_finds_nothing_in_the_account(
    new_context: Callable[..., BrowserContext], membre: Utilisateur, language: str, width: int, scheme: str
) -> None:
    context = new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, reduced_motion="reduce")
    page = context.new_page()
    se_connecter(page, membre)
    page.goto("/fr/compte/confirmer/")
    look(page)
    page.get_by_label("Mot de passe", exact=True).fill(MOT_DE_PASSE)
    page.get_by_role("button", name="Continuer").click()
    for path in FERMEES:
        page.goto(f"/{language}/compte/{path}")
        look(page)
    ajouter_application(membre)
    for path in ("", "secours/", "secours/nouveaux/", "application/retirer/"):
        page.goto(f"/{language}/compte/double-authentification/{path}")
        look(page)


def test_the_demo_account_comes_in_as_it_is(page: Page) -> None:
    page.goto(f"{CONNEXION}?next=/fr/compte/")
    page.get_by_label("Adresse e-mail").fill("administration@demo.test")
    page.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Se connecter", exact=True).click()
    expect(page.get_by_role("link", name="Administration du site")).to_be_visible()


def test_the_keyboard_goes_through_the_form_in_order(page: Page, membre: Utilisateur) -> None:
    page.goto(CONNEXION)
    page.get_by_label("Adresse e-mail").focus()
    names = []
    for _ in range(6):
        stop = page.evaluate(FOCUSED)
        assert stop["outline"] >= 2, stop
        names.append(page.evaluate("() => document.activeElement.name || document.activeElement.innerText.trim()"))
        page.keyboard.press("Tab")
    assert names == [
        "login",
        "password",
        "remember",
        "Se connecter",
        "Mot de passe oublié ?",
        "Utiliser ma clé d’accès",
    ]
    page.get_by_label("Adresse e-mail").fill(membre.email)
    page.get_by_label("Mot de passe", exact=True).fill(MOT_DE_PASSE)
    page.keyboard.press("Enter")
    expect(page).to_have_url("/fr/compte/")


def test_no_cookie_before_nor_after(page: Page, membre: Utilisateur, guard: Guard) -> None:
    page.goto("/fr/")
    assert page.context.cookies() == []
    se_connecter(page, membre)
    expect(page).to_have_url("/fr/compte/")
    assert {cookie["name"] for cookie in page.context.cookies()} >= {"sessionid", "csrftoken"}
    assert all(cookie["httpOnly"] for cookie in page.context.cookies() if cookie["name"] == "sessionid")
    quitter(page)
    assert {cookie["name"] for cookie in page.context.cookies()} == {"csrftoken"}
    assert guard.problems == []
