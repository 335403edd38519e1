"""The map in a real browser: by keyboard, in both directions, and without scripts."""

import datetime
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django import DjangoDbBlocker

from evenements.models import AgendaPage, Evenement, EvenementPage
from socle.dates import today
from socle.models import Lieu
from tests.accessibilite.test_axe import assert_no_violation
from tests.factories.evenements import EvenementFactory, EvenementPageFactory, LieuFactory, agenda
from tests.harness import database
from tests.harness.server import Server

# Far from what the demonstration holds.
DANS = 500
LIEUX = {
    "Salle d’essai": ("Saint-Denis", "93", 48.9356, 2.3539),
    "Halle d’essai": ("Saint-Denis", "93", 48.937, 2.356),
    "Foyer d’essai": ("Melun", "77", 48.54, 2.66),
}


@pytest.fixture
def adresse(server: Server, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    with django_db_blocker.unblock(), database.connected_to(server.database):
        known = set(AgendaPage.objects.values_list("pk", flat=True))
        for nom, (commune, departement, latitude, longitude) in LIEUX.items():
            where = {"commune": commune, "departement": departement, "code_insee": "", "code_postal": ""}
            lieu = LieuFactory(nom=nom, latitude=latitude, longitude=longitude, **where)
            for langue in ("fr", "ar"):
                facts = Evenement.objects.filter(lieu=lieu).first() or EvenementFactory(lieu=lieu, dans=DANS)
                EvenementPageFactory(evenement=facts, langue=langue, parent=agenda(langue))
    jour = today() + datetime.timedelta(days=DANS)
    yield f"agenda/?vue=carte&du={jour}&au={jour}"
    with django_db_blocker.unblock(), database.connected_to(server.database):
        for page in EvenementPage.objects.filter(evenement__lieu__nom__in=LIEUX):
            page.delete()
        for facts in Evenement.objects.filter(lieu__nom__in=LIEUX):
            facts.seances.all().delete()
            facts.delete()
        Lieu.objects.filter(nom__in=LIEUX).delete()
        for page in AgendaPage.objects.exclude(pk__in=known):
            page.delete()


def points(page: Page) -> list[str]:
    expect(page.locator(".carte-agenda__contour")).to_have_count(8)
    return [each.strip() for each in page.locator(".carte-agenda__point > .invisible").all_inner_texts()]


def test_the_map_is_used_by_keyboard(new_context: Callable[..., BrowserContext], adresse: str) -> None:
    page = new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce").new_page()
    page.goto(f"/fr/{adresse}")
    assert points(page) == ["2 rencontres, 2 lieux, Saint-Denis", "1 rencontre, Foyer d’essai, Melun"]
    assert_no_violation(page)
    button = page.get_by_role("button", name="2 rencontres, 2 lieux, Saint-Denis")
    box = button.bounding_box()
    assert box is not None
    assert min(box["width"], box["height"]) >= 44
    button.focus()
    page.keyboard.press("Enter")
    # The group comes apart, and the focus stands on the first of those that it held.
    first = page.get_by_role("button", name="1 rencontre, Halle d’essai, Saint-Denis")
    expect(first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Halle d’essai", exact=True)).to_be_focused()
    expect(page.locator(".carte-agenda__choix .date")).to_have_count(1)
    assert_no_violation(page)
    page.get_by_role("button", name="Fermer").click()
    expect(first).to_be_focused()
    page.get_by_role("button", name="Réduire la carte").click()


def test_the_map_holds_on_a_phone_in_arabic(new_context: Callable[..., BrowserContext], adresse: str) -> None:
    options = {"viewport": {"width": 320, "height": 800}, "color_scheme": "dark", "reduced_motion": "reduce"}
    page = new_context(**options).new_page()
    page.goto(f"/ar/{adresse}")
    assert len(points(page)) == 2
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    assert_no_violation(page)


def test_without_scripts_every_place_is_in_the_list(new_context: Callable[..., BrowserContext], adresse: str) -> None:
    page = new_context(java_script_enabled=False).new_page()
    page.goto(f"/fr/{adresse}")
    for nom in LIEUX:
        expect(page.locator(".lieu__nom", has_text=nom)).to_be_visible()
    page.get_by_role("link", name="1 date dans ce lieu Foyer d’essai").click()
    expect(page.locator(".date")).to_have_count(1)
