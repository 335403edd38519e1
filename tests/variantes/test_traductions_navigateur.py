"""In a real browser: a page is sent to translation, translated by hand and by a file, and nobody can publish it."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import polib
import pytest
from django.utils.crypto import get_random_string
from playwright.sync_api import BrowserContext, Page, expect
from wagtail.models import Page as WagtailPage

from fiches.models import FichePage, FichesIndexPage
from redaction import roles
from socle.models import Utilisateur
from tests.accessibilite.test_axe import assert_no_violation
from tests.accessibilite.test_reflow import assert_no_sideways_scroll
from tests.comptes.test_navigateur import sur_le_serveur  # noqa: F401 -- a fixture
from tests.factories import UtilisateurFactory
from tests.factories.comptes import MOT_DE_PASSE
from variantes.models import Envoi

TITRE = "Une fiche à traduire"
Ouvrir = Callable[..., Page]


@pytest.fixture
def fiche(sur_le_serveur: None) -> Iterator[FichePage]:  # noqa: F811 -- the fixture of that name
    """Give the running site a public resource, and take it back with its versions."""
    index = FichesIndexPage.objects.get(locale__language_code="fr")
    page = FichePage(
        title=TITRE, resume="Un essai.", objectifs="<p>Voir <b>ensemble</b>.</p>", locale=index.locale, live=False
    )
    index.add_child(instance=page)
    page.save_revision().publish()
    yield FichePage.objects.get(pk=page.pk)
    Envoi.objects.filter(page=page.pk).delete()
    for version in WagtailPage.objects.filter(translation_key=page.translation_key):
        version.specific.delete()


@pytest.fixture
def ouvrir(new_context: Callable[..., BrowserContext], fiche: FichePage) -> Iterator[Ouvrir]:
    """Open a screen of the admin as somebody of a role."""
    made = []

    def open_as(role: roles.Role, address: str, width: int = 1280) -> Page:
        user = UtilisateurFactory(groupes=[role.nom], email=f"{get_random_string(8).lower()}@exemple.test")
        made.append(user)
        page = new_context(viewport={"width": width, "height": 900}, reduced_motion="reduce").new_page()
        page.goto(f"/fr/compte/connexion/?next={address}")
        page.get_by_label("Adresse e-mail").fill(user.email)
        page.get_by_label("Mot de passe", exact=True).fill(MOT_DE_PASSE)
        page.get_by_role("button", name="Se connecter", exact=True).click()
        expect(page.locator("main")).to_be_visible()
        return page

    yield open_as
    Utilisateur.objects.filter(pk__in=[user.pk for user in made]).delete()


def photo(page: Page, name: str) -> None:
    """Keep a picture of the screen where whoever works on it asks for one."""
    if folder := os.environ.get("PHOTOS"):
        page.screenshot(path=str(Path(folder) / f"{name}.png"), full_page=True)


def test_from_the_french_page_to_a_file_that_comes_back(ouvrir: Ouvrir, fiche: FichePage, tmp_path: Path) -> None:
    page = ouvrir(roles.REDACTION, f"/admin/localize/submit/page/{fiche.pk}/")
    photo(page, "envoyer")
    assert_no_violation(page, "main")
    page.get_by_label("Anglais").check()
    page.get_by_label("Arabe").check()
    page.get_by_role("button", name="Créer les brouillons à traduire").click()
    expect(page.get_by_text("2 brouillons créés")).to_be_visible(timeout=20_000)
    photo(page, "envoi")
    assert_no_violation(page, "main")
    page.goto("/admin/traductions/envois/")
    photo(page, "envois")
    assert_no_violation(page, "main")

    made = WagtailPage.objects.get(translation_key=fiche.translation_key, locale__language_code="en")
    page = ouvrir(roles.TRADUCTIONS[0], f"/admin/pages/{made.pk}/edit/")
    editor = page.locator(".js-translation-editor")
    expect(editor.get_by_text("Un essai.")).to_be_visible()
    photo(page, "editeur")
    for name in ("Publish", "Publier", "Delete", "Supprimer", "Stop Synced translation"):
        expect(editor.get_by_role("button", name=name)).to_have_count(0)
        expect(editor.get_by_role("link", name=name)).to_have_count(0)

    with page.expect_download() as download:
        page.evaluate(
            "() => { const a = document.createElement('a'); a.download = '';"
            " a.href = JSON.parse(document.querySelector('.js-translation-editor').dataset.props).links.downloadPofile;"
            " document.body.append(a); a.click(); }"
        )
    po = polib.pofile(str(download.value.path()))
    for entry in po:
        if entry.msgid == TITRE:
            entry.msgstr = "A page to translate"
        if "ensemble" in entry.msgid:
            entry.msgstr = "See together."
    target = tmp_path / "retour.po"
    po.save(str(target))
    # The input that the editor's own button opens.
    editor.locator('input[type="file"]').first.set_input_files(str(target))
    expect(page.get_by_text("Rien n’est encore importé.")).to_be_visible()
    photo(page, "import")
    assert_no_violation(page, "main")
    page.set_viewport_size({"width": 320, "height": 900})
    photo(page, "import-320")
    page.get_by_role("button", name="Importer 1 traduction").click()
    expect(page.get_by_text("Ce qui a été importé")).to_be_visible()
    page.get_by_role("link", name="Revenir à la traduction").click()
    expect(page.locator(".js-translation-editor").get_by_text("A page to translate").first).to_be_visible()


def test_a_narrow_screen(ouvrir: Ouvrir, fiche: FichePage) -> None:
    page = ouvrir(roles.MODERATION, f"/admin/localize/submit/page/{fiche.pk}/", width=320)
    photo(page, "envoyer-320")
    assert_no_sideways_scroll(page)
