"""The chooser of pictograms in a real browser: the words typed in the block, the keyboard, axe."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django import DjangoDbBlocker

from home.models import HomePage
from tests.accessibilite.test_axe import assert_no_violation
from tests.harness import database
from tests.harness.server import PASSWORD, Server


@pytest.fixture
def editor(
    server: Server, django_db_blocker: DjangoDbBlocker, new_context: Callable[..., BrowserContext]
) -> Callable[..., Page]:
    """Open the home page in FALC in the editor."""
    with django_db_blocker.unblock(), database.connected_to(server.database):
        home = HomePage.objects.get(locale__language_code="fr-simple").pk

    def opened(width: int, scheme: str) -> Page:
        window = {"width": width, "height": 900}
        page = new_context(viewport=window, color_scheme=scheme, reduced_motion="reduce").new_page()
        page.goto("/admin/login/")
        page.get_by_label("Adresse e-mail").fill("administration@demo.test")
        page.get_by_label("Mot de passe").fill(PASSWORD)
        page.get_by_role("button", name="Se connecter", exact=True).click()
        page.goto(reverse("wagtailadmin_pages:edit", args=[home]))
        return page

    return opened


def add_lines(page: Page, text: str) -> None:
    falc = page.locator("#panel-child-contenu-texte_falc-section, [data-contentpath='texte_falc']").first
    falc.get_by_role("button", name="Insérer un bloc").last.click()
    page.get_by_role("option", name="Lignes").click()
    field = falc.locator("[contenteditable=true]").last
    field.click()
    page.keyboard.type(text)


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (320, "dark")])
def test_a_pictogram_is_chosen_by_the_words_of_its_line(editor: Callable[..., Page], width: int, scheme: str) -> None:
    page = editor(width, scheme)
    add_lines(page, "Nous avons une réunion dans une salle accessible.")
    chooser = page.locator("[data-contentpath='texte_falc'] .image-chooser").last
    chooser.get_by_role("button", name="Choisir un pictogramme").click()
    modal = page.get_by_role("dialog")
    expect(modal.get_by_role("alert")).to_contain_text("pictogrammes pour votre texte")
    first = modal.locator(".pictogrammes__choix").first
    expect(first).to_have_text("La réunion")
    page.wait_for_function("() => document.getAnimations().every((animation) => animation.playState !== 'running')")
    page.screenshot(path=f"/tmp/pictos/modal-{width}.png"); assert_no_violation(page)
    # Then by the keyboard alone: look for another word, and take the first answer.
    field = modal.get_by_label("Chercher un pictogramme")
    field.focus()
    page.keyboard.type("fauteuil")
    expect(modal.get_by_role("alert")).to_contain_text("pour « fauteuil »")
    expect(first).to_have_text("La personne en fauteuil roulant")
    first.focus()
    page.keyboard.press("Enter")
    expect(modal).to_have_count(0)
    expect(chooser.locator("[data-chooser-title]")).to_have_text("La personne en fauteuil roulant")
