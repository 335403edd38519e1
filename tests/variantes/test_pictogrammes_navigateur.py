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
) -> Callable[[str], Page]:
    """Open the home page in FALC in the editor."""
    with django_db_blocker.unblock(), database.connected_to(server.database):
        home = HomePage.objects.get(locale__language_code="fr-simple").pk

    def opened(scheme: str) -> Page:
        window = {"width": 1280, "height": 900}
        page = new_context(viewport=window, color_scheme=scheme, reduced_motion="reduce").new_page()
        page.goto("/admin/login/")
        page.get_by_label("Adresse e-mail").fill("administration@demo.test")
        page.get_by_label("Mot de passe").fill(PASSWORD)
        page.get_by_role("button", name="Se connecter", exact=True).click()
        expect(page).to_have_url("/admin/")
        page.goto(reverse("wagtailadmin_pages:edit", args=[home]))
        return page

    return opened


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (320, "dark")])
def test_a_pictogram_is_chosen_by_the_words_of_its_line(editor: Callable[[str], Page], width: int, scheme: str) -> None:
    page = editor(scheme)
    falc = page.locator("[data-contentpath='texte_falc']").first
    falc.get_by_role("button", name="Insérer un bloc").first.click()
    page.get_by_role("option", name="Lignes").first.click()
    falc.locator("[contenteditable=true]").first.click()
    page.keyboard.type("Nous avons une réunion dans une salle accessible.")
    page.set_viewport_size({"width": width, "height": 900})
    chooser = falc.locator(".image-chooser").first
    chooser.get_by_role("button", name="Choisir un pictogramme").focus()
    page.keyboard.press("Enter")
    bank = page.locator(".pictogrammes")
    expect(bank.get_by_role("alert")).to_contain_text("3 pictogrammes pour votre texte")
    first = bank.locator(".pictogrammes__choix").first
    expect(first).to_have_text("La réunion")
    assert_no_violation(page, ".pictogrammes")
    # Another word, and the first answer, by the keyboard.
    bank.get_by_label("Chercher un pictogramme").focus()
    page.keyboard.type("fauteuil")
    expect(bank.get_by_role("alert")).to_contain_text("pour « fauteuil »")
    expect(first).to_have_text("La personne en fauteuil roulant")
    first.focus()
    page.keyboard.press("Enter")
    expect(bank).to_have_count(0)
    expect(chooser.locator("[data-chooser-title]")).to_have_text("La personne en fauteuil roulant")
