"""The whole story in a real browser: translated, sent, refused, put right, approved; nothing is public before."""

import json
import os
from collections.abc import Callable, Iterator

import pytest
from django.utils.crypto import get_random_string
from playwright.sync_api import Page, expect
from wagtail.models import Page as WagtailPage
from wagtail_localize.models import StringTranslation

from fiches.models import FichePage
from socle.models import Utilisateur
from tests.accessibilite.test_axe import WINDOWS, assert_no_violation
from tests.accessibilite.test_reflow import assert_no_sideways_scroll
from tests.comptes.test_navigateur import sur_le_serveur  # noqa: F401 -- a fixture
from tests.factories import blocs, publier
from tests.harness.server import PASSWORD, Server
from tests.redaction.test_bureau_navigateur import Ouvrir, ouvrir
from tests.variantes.traduction import Traduction

__all__ = ["ouvrir"]

TITRE = "Prepare a visit with xylophones"
MOTS = {
    "Ce que la fiche aide à faire.": "What xylophones help to do.",
    "Avant": "Before the xylophones",
    "Un <b>premier</b> texte.": "A <b>first</b> text.",
    "Un second.": "A second xylophone.",
}
ATTEND = "/admin/moderation/attend/?q=xylophones"


@pytest.fixture
def traduction(sur_le_serveur: None) -> Iterator[Traduction]:  # noqa: F811 -- the fixture of that name
    """Give the running site a page to translate and two people, and take them back."""
    # Names of their own: tests of this module run at the same time on one site.
    mot = get_random_string(8).lower()
    found = Traduction(titre=f"Préparer une visite avec des {mot}")
    people = {"traduction": found.traductrice, "relecture": found.relectrice}
    for name, user in people.items():
        user.email = f"{name}-{mot}@demo.test"
        user.set_password(PASSWORD)
        user.save()
    yield found
    for page in WagtailPage.objects.filter(translation_key=found.source.translation_key):
        page.specific.delete()
    for user in people.values():
        user.delete()


@pytest.fixture
def secret(server: Server, page: Page, traduction: Traduction) -> Callable[[], None]:
    """Return a check that the public reads not a word of it."""
    address = f"/en{traduction.page.url.partition('/en')[2]}"

    def check() -> None:
        for path in ("/en/", "/en/fiches/", "/en/recherche/?q=xylophones", "/sitemap.xml", address):
            text = page.request.get(f"{server.url}{path}").text()
            for words in ("with xylophones", "What xylophones", "with harps"):
                assert words not in text, (path, words)
        assert page.request.get(f"{server.url}{address}").status == 404

    return check


def compte(user: Utilisateur) -> str:
    """Return the name under which somebody signs in."""
    return str(user.email.partition("@")[0])


def photo(page: Page, name: str) -> None:
    if folder := os.environ.get("PHOTOS"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)


def segment(page: Page, source: str) -> Page:
    return page.locator(".js-translation-editor li").filter(has=page.get_by_text(source, exact=True)).last


def traduire(page: Page, source: str, words: str) -> None:
    row = segment(page, source)
    row.get_by_role("button").last.click()
    row.get_by_role("textbox").fill(words)
    row.get_by_role("textbox").press("Enter")
    expect(row).to_contain_text("Traduit manuellement le")


def test_from_the_first_string_to_the_reader(
    ouvrir: Ouvrir, secret: Callable[[], None], page: Page, server: Server, traduction: Traduction
) -> None:
    edit = f"/admin/pages/{traduction.page.pk}/edit/"
    traductrice = ouvrir(compte(traduction.traductrice), "/admin/")
    traductrice.goto(edit)
    barre = traductrice.locator("#traduction-barre")
    envoi = barre.get_by_role("button", name="Soumettre à la relecture")
    expect(envoi).to_be_disabled()
    expect(traductrice.get_by_text("Delete")).to_have_count(0)
    expect(traductrice.get_by_role("button", name="Publier dans")).to_have_count(0)
    photo(traductrice, "editeur-vide")
    titre = traduction.source.title
    for source, words in {titre: TITRE, **MOTS}.items():
        traduire(traductrice, source, words)
    expect(segment(traductrice, titre).locator('[lang="en"][dir="ltr"]')).to_contain_text(TITRE)
    expect(envoi).to_be_enabled()
    photo(traductrice, "editeur-plein")
    envoi.click()
    expect(traductrice.get_by_text("est soumise à la relecture")).to_be_visible()
    photo(traductrice, "soumise")
    secret()

    relectrice = ouvrir(compte(traduction.relectrice), ATTEND)
    relectrice.get_by_role("link", name="Relire à côté du français").click()
    row = relectrice.get_by_role("article", name="Titre").first
    expect(row).to_contain_text(titre)
    expect(row).to_contain_text(TITRE)
    expect(relectrice.frame_locator("iframe").get_by_role("heading", level=1)).to_have_text(TITRE)
    row.get_by_text("Commenter").click()
    row.get_by_role("textbox").fill("Say harps, not xylophones.")
    row.get_by_role("button", name="Ajouter le commentaire").click()
    expect(row.get_by_text("Say harps")).to_be_visible()
    photo(relectrice, "relecture")
    relectrice.get_by_label("Ce qui est à modifier").fill("The title needs another word.")
    relectrice.get_by_role("button", name="Demander des modifications").click()
    expect(relectrice.get_by_text("est renvoyée avec votre demande")).to_be_visible()
    secret()

    traductrice.goto(edit)
    expect(barre.get_by_text("The title needs another word.")).to_be_visible()
    expect(barre.get_by_text("Say harps")).to_be_visible()
    photo(traductrice, "modifications")
    traduire(traductrice, titre, "Prepare a visit with harps")
    barre.get_by_role("button", name="Traité").click()
    barre.get_by_role("button", name="Soumettre de nouveau à la relecture").click()
    expect(traductrice.get_by_text("est soumise à la relecture")).to_be_visible()
    secret()

    relectrice.goto(traduction.adresse)
    relectrice.get_by_role("link", name="Ce qui a changé").click()
    photo(relectrice, "changements")
    expect(relectrice.get_by_role("article", name="Titre")).to_contain_text("Modifié")
    relectrice.get_by_role("button", name="Approuver et publier").click()
    expect(relectrice.get_by_text("est publiée")).to_be_visible()

    page.goto(f"{server.url}{traduction.page.url}")
    expect(page.get_by_role("heading", level=1)).to_have_text("Prepare a visit with harps")
    traductrice.goto(edit)
    expect(barre).to_contain_text("Publiée")


@pytest.mark.parametrize("javascript", [True, False])
def test_a_remark_and_a_decision_need_only_a_keyboard(ouvrir: Ouvrir, traduction: Traduction, javascript: bool) -> None:
    traduction.traduire()
    traduction.soumettre()
    page = ouvrir(compte(traduction.relectrice), traduction.adresse, java_script_enabled=javascript)
    row = page.get_by_role("article", name="Titre").first
    row.get_by_text("Commenter").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("Un mot.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(row.get_by_text("Un mot.")).to_be_visible()
    page.get_by_role("button", name="Approuver et publier").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("est publiée")).to_be_visible()
    assert traduction.page.live


@pytest.mark.parametrize(("width", "scheme"), WINDOWS)
def test_axe_finds_nothing(ouvrir: Ouvrir, traduction: Traduction, width: int, scheme: str) -> None:
    traduction.traduire()
    StringTranslation.objects.filter(pk=traduction.chaine("resume").pk).update(translation_type="machine")
    options = {"viewport": {"width": width, "height": 900}, "color_scheme": scheme}
    page = ouvrir(
        compte(traduction.traductrice),
        f"/admin/traductions/textes/{traduction.translation.pk}/automatiques/",
        **options,
    )
    photo(page, f"automatiques-{width}-{scheme}")
    assert_no_violation(page)
    assert_no_sideways_scroll(page)
    page.get_by_role("button", name="J’ai lu tous ceux de cette page").click()
    expect(page.get_by_text("1 passage est lu.")).to_be_visible()
    traduction.soumettre()
    page.goto(traduction.adresse)
    page.evaluate("() => document.querySelectorAll('main details').forEach((d) => { d.open = true })")
    photo(page, f"relecture-{width}-{scheme}")
    assert_no_violation(page)
    assert_no_sideways_scroll(page)


def test_a_linked_page_is_named_for_whoever_translates(ouvrir: Ouvrir, traduction: Traduction) -> None:
    linked = FichePage.objects.filter(locale__language_code="fr", live=True).exclude(pk=traduction.source.pk).first()
    source = FichePage.objects.get(pk=traduction.source.pk)
    source.corps = json.dumps([blocs.pages(linked.pk, titre="Voir aussi")])
    publier(source)
    traduction.translation.source.update_from_db()
    page = ouvrir(compte(traduction.traductrice), "/admin/")
    page.goto(f"/admin/pages/{traduction.page.pk}/edit/")
    expect(page.locator(".js-translation-editor")).to_contain_text(linked.title)
