"""A term linked by hand in a real browser: chosen in the editor, kept, changed; and the screen of a concept."""

from collections.abc import Callable, Iterator

import pytest
from django.urls import reverse
from playwright.sync_api import BrowserContext, Locator, Page, expect
from pytest_django import DjangoDbBlocker

from fiches.models import FichePage
from glossaire.models import Concept, GlossairePage, TermePage
from tests.accessibilite.test_axe import assert_no_violation
from tests.factories import TermePageFactory, glossaire
from tests.harness import database
from tests.harness.server import PASSWORD, Server

TITRES = ("Littératie d’essai", "Méthode d’essai")


@pytest.fixture
def mots(server: Server, django_db_blocker: DjangoDbBlocker) -> Iterator[tuple[int, int]]:
    """Two terms of the site, for the time of a test: a page to write in, and the concept of the first."""
    with django_db_blocker.unblock(), database.connected_to(server.database):
        there = GlossairePage.objects.exists()
        for title in TITRES:
            TermePageFactory(title=title, parent=glossaire("fr"))
        fiche = FichePage.objects.filter(locale__language_code="fr", live=True).order_by("pk").first()
        concept = Concept.objects.get(cle=TermePage.objects.get(title=TITRES[0]).translation_key)
    yield fiche.pk, concept.pk
    with django_db_blocker.unblock(), database.connected_to(server.database):
        keys = list(TermePage.objects.filter(title__in=TITRES).values_list("translation_key", flat=True))
        for page in TermePage.objects.filter(title__in=TITRES):
            page.delete()
        Concept.objects.filter(cle__in=keys).delete()
        if not there:
            GlossairePage.objects.get().delete()


@pytest.fixture
def admin(new_context: Callable[..., BrowserContext]) -> Callable[..., Page]:
    def opened(address: str, scheme: str = "light", width: int = 1280) -> Page:
        window = {"width": width, "height": 900}
        page = new_context(viewport=window, color_scheme=scheme, reduced_motion="reduce").new_page()
        page.goto("/admin/login/")
        page.get_by_label("Adresse e-mail").fill("administration@demo.test")
        page.get_by_label("Mot de passe").fill(PASSWORD)
        page.get_by_role("button", name="Se connecter", exact=True).click()
        expect(page).to_have_url("/admin/")
        page.goto(address)
        return page

    return opened


def champ(page: Page) -> Locator:
    return page.locator("[data-contentpath='vigilance']").first


def source(page: Page) -> str:
    return str(champ(page).locator("input[data-draftail-input], input[type=hidden]").first.input_value())


def test_words_are_linked_to_a_term(admin: Callable[..., Page], mots: tuple[int, int]) -> None:
    page = admin(reverse("wagtailadmin_pages:edit", args=[mots[0]]))
    text = champ(page).locator("[contenteditable=true]").first
    text.scroll_into_view_if_needed()
    text.click()
    page.keyboard.press("Control+A")
    page.keyboard.type("litteratie")
    page.keyboard.press("Control+A")
    page.get_by_role("button", name="Mot du glossaire").first.click()
    modal = page.locator(".modal-dialog")
    # The words that are selected are looked for, whatever their accents.
    expect(modal.get_by_label("Chercher un mot")).to_have_value("litteratie")
    expect(modal.get_by_role("link", name=TITRES[0])).to_be_visible()
    expect(modal.get_by_role("link", name=TITRES[1])).to_have_count(0)
    assert_no_violation(page, ".modal-dialog")
    modal.get_by_role("link", name=TITRES[0]).click()
    expect(modal).to_have_count(0)
    expect(champ(page).locator(".TooltipEntity")).to_have_text("litteratie")
    assert '"type":"TERME"' in source(page).replace(" ", "")
    # Its name is told where it is met.
    champ(page).locator(".TooltipEntity").click()
    expect(page.locator(".Tooltip")).to_contain_text(TITRES[0])


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (320, "dark")])
def test_the_words_around_one_are_completed(
    admin: Callable[..., Page], mots: tuple[int, int], width: int, scheme: str
) -> None:
    page = admin(reverse("concepts_du_glossaire:edit", args=[mots[1]]), scheme, width)
    expect(page.get_by_role("heading", level=1)).to_contain_text(TITRES[0])
    field = page.get_by_placeholder("Mots voisins")
    field.click()
    page.keyboard.type("methode d’e", delay=30)
    page.locator(".ui-menu-item", has_text=TITRES[1]).click()
    page.get_by_role("button", name="Enregistrer").first.click()
    expect(page.get_by_text("est enregistré : les mots voisins le voient aussi")).to_be_visible()
    page.goto(reverse("concepts_du_glossaire:edit", args=[mots[1]]))
    expect(page.locator(".tagit-label", has_text=TITRES[1])).to_be_visible()
    assert_no_violation(page, "main")
