"""The screens of the moderation in a real browser: axe, a narrow screen, the keyboard."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django import DjangoDbBlocker

from fiches.models import FichesIndexPage
from redaction.permissions import OPERATIONS
from tests.accessibilite.test_axe import WINDOWS, assert_no_violation
from tests.accessibilite.test_reflow import assert_no_sideways_scroll
from tests.harness import database
from tests.harness.server import PASSWORD, Server


@pytest.fixture(scope="module")
def index_pk(server: Server, django_db_blocker: DjangoDbBlocker) -> int:
    with django_db_blocker.unblock(), database.connected_to(server.database):
        return int(FichesIndexPage.objects.get(locale__language_code="fr").pk)


@pytest.fixture
def moderatrice(new_context: Callable[..., BrowserContext]) -> Callable[..., Page]:
    """Open the administration as the moderation."""

    def sign_in(width: int = 1280, scheme: str = "light") -> Page:
        window = {"width": width, "height": 900}
        page = new_context(viewport=window, color_scheme=scheme, reduced_motion="reduce").new_page()
        page.goto("/admin/login/")
        page.get_by_label("Adresse e-mail").fill("moderation@demo.test")
        page.get_by_label("Mot de passe").fill(PASSWORD)
        page.get_by_role("button", name="Se connecter", exact=True).click()
        expect(page).to_have_url("/admin/")
        return page

    return sign_in


@pytest.mark.parametrize(("width", "scheme"), WINDOWS)
def test_axe_finds_nothing_on_the_screens_of_the_moderation(
    moderatrice: Callable[..., Page], index_pk: int, width: int, scheme: str
) -> None:
    page = moderatrice(width, scheme)
    screens = [reverse(f"redaction_{operation}", args=[index_pk]) for operation in OPERATIONS]
    for screen in [*screens, reverse("wagtailadmin_pages:history", args=[index_pk])]:
        page.goto(screen)
        expect(page.get_by_role("heading", level=1)).to_have_count(1)
        assert_no_violation(page)
        assert_no_sideways_scroll(page)


def test_a_reason_is_asked_for_with_the_keyboard_alone(moderatrice: Callable[..., Page], index_pk: int) -> None:
    page = moderatrice()
    page.goto(reverse("redaction_depublier", args=[index_pk]))
    page.get_by_label("Motif").focus()
    page.keyboard.type("  ")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Dépublier")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Dites pourquoi : l’équipe le lira dans l’historique.")).to_be_visible()
    # Wagtail's message fades in: its colours are those of the end.
    page.wait_for_function("() => document.getAnimations().every((animation) => animation.playState !== 'running')")
    assert_no_violation(page)
