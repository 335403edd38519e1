"""The form of a place in a real browser, every other host out of reach: nothing is lost, with or without scripts."""

from collections.abc import Callable, Iterator

import pytest
from django.urls import reverse
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django import DjangoDbBlocker

from socle.models import Lieu
from tests.accessibilite.test_axe import assert_no_violation
from tests.factories.evenements import LieuFactory
from tests.harness import database
from tests.harness.server import PASSWORD, Server

NOM = "Maison d’essai des lieux"
Ouvrir = Callable[..., Page]


@pytest.fixture
def lieu(server: Server, django_db_blocker: DjangoDbBlocker) -> Iterator[Lieu]:
    with django_db_blocker.unblock(), database.connected_to(server.database):
        made = LieuFactory(nom=NOM, acces="Métro 13, sortie 2.", accessibilite=["plain_pied"])
    yield made
    with django_db_blocker.unblock(), database.connected_to(server.database):
        Lieu.objects.filter(pk=made.pk).delete()


@pytest.fixture
def relu(server: Server, lieu: Lieu, django_db_blocker: DjangoDbBlocker) -> Callable[[], Lieu]:
    def read() -> Lieu:
        with django_db_blocker.unblock(), database.connected_to(server.database):
            return Lieu.objects.get(pk=lieu.pk)

    return read


@pytest.fixture
def admin(new_context: Callable[..., BrowserContext], lieu: Lieu) -> Ouvrir:
    def opened(**options: object) -> Page:
        context = new_context(reduced_motion="reduce", **{"viewport": {"width": 1280, "height": 900}, **options})
        page = context.new_page()
        page.goto("/admin/login/")
        page.get_by_label("Adresse e-mail").fill("administration@demo.test")
        page.get_by_label("Mot de passe").fill(PASSWORD)
        page.get_by_role("button", name="Se connecter", exact=True).click()
        page.goto(reverse("wagtailsnippets_socle_lieu:edit", args=[lieu.pk]))
        return page

    return opened


def enregistrer(page: Page) -> None:
    page.locator("footer button[type=submit]").first.click()


def test_a_place_is_saved_as_it_was(admin: Ouvrir, relu: Callable[[], Lieu]) -> None:
    page, before = admin(), relu()
    expect(page.locator(".leaflet-container")).to_be_visible()
    expect(page.locator(".carte-du-lieu__contour")).to_have_count(8)
    enregistrer(page)
    expect(page.locator(".messages")).to_contain_text(NOM)
    after = relu()
    names = [field.name for field in Lieu._meta.fields]
    assert [getattr(after, name) for name in names] == [getattr(before, name) for name in names]


def test_the_point_is_moved_by_keyboard_by_typing_and_by_the_search(admin: Ouvrir, relu: Callable[[], Lieu]) -> None:
    page = admin()
    field, point = page.locator("#id_position_latlng"), page.locator(".carte-du-lieu__point")
    expect(field).to_have_value("48.9356, 2.3539")
    point.focus()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowRight")
    moved = [float(each) for each in field.input_value().split(",")]
    assert moved[0] > 48.9356
    assert moved[1] > 2.3539
    field.fill("quelque part")
    expect(page.get_by_role("alert").filter(has_text="Écrivez la latitude puis la longitude")).to_be_visible()
    assert_no_violation(page, "main")
    page.get_by_label("Adresse", exact=True).fill("12 avenue de l’Essai")
    page.get_by_label("Code postal").fill("93000")
    page.get_by_label("Commune", exact=True).fill("Bobigny")
    page.get_by_role("button", name="Chercher cette adresse").click()
    expect(page.get_by_text("L’adresse et le point sont en place.")).to_be_visible()
    expect(page.get_by_label("Code INSEE de la commune")).to_have_value("93008")
    # The offline service knows no street: what was typed stays.
    expect(page.get_by_label("Adresse", exact=True)).to_have_value("12 avenue de l’Essai")
    enregistrer(page)
    expect(page.locator(".messages")).to_contain_text(NOM)
    after = relu()
    assert (after.commune, after.code_insee, after.adresse) == ("Bobigny", "93008", "12 avenue de l’Essai")
    assert after.position == pytest.approx((48.9, 2.44), abs=0.05)
    assert (after.acces, after.accessibilite) == ("Métro 13, sortie 2.", ["plain_pied"])


def test_an_empty_position_stays_empty(admin: Ouvrir, relu: Callable[[], Lieu]) -> None:
    page = admin(viewport={"width": 320, "height": 800}, color_scheme="dark")
    page.locator("#id_position_latlng").fill("")
    expect(page.locator(".carte-du-lieu__point")).to_have_count(0)
    enregistrer(page)
    expect(page.locator(".messages")).to_contain_text(NOM)
    assert relu().position is None
    page.goto(reverse("wagtailsnippets_socle_lieu:edit", args=[relu().pk]))
    expect(page.locator(".leaflet-container")).to_be_visible()
    expect(page.locator("#id_position_latlng")).to_have_value("")


def test_without_scripts_the_position_is_typed(admin: Ouvrir, relu: Callable[[], Lieu]) -> None:
    page = admin(java_script_enabled=False)
    field = page.locator("[name=position_latlng]")
    expect(field).to_have_value("48.9356, 2.3539")
    field.fill("48,85 ; 2,35")
    enregistrer(page)
    expect(page.locator(".messages")).to_contain_text(NOM)
    after = relu()
    assert after.position == (48.85, 2.35)
    assert (after.acces, after.accessibilite, after.commune) == ("Métro 13, sortie 2.", ["plain_pied"], "Saint-Denis")
