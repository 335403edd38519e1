"""In a real browser: a table of terms is sent, its report is read, on a wide and on a narrow screen."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from glossaire.models import Concept, GlossairePage, ImportTermes, TermePage
from redaction import roles
from socle.models import Utilisateur
from tests.accessibilite.test_axe import assert_no_violation
from tests.accessibilite.test_reflow import assert_no_sideways_scroll
from tests.comptes.test_navigateur import sur_le_serveur  # noqa: F401 -- a fixture
from tests.factories import UtilisateurFactory, accueil
from tests.factories.comptes import MOT_DE_PASSE
from tests.glossaire.echanges import mot
from tests.glossaire.imports import ligne, tableau

NOMS = ("essai-connu", "essai-nouveau", "essai-mauvais")


@pytest.fixture
def connu(sur_le_serveur: None) -> Iterator[TermePage]:  # noqa: F811 -- the fixture of that name
    """Give the running site a term, and take it back with those that are imported."""
    page = GlossairePage.objects.filter(locale__language_code="fr").first()
    made = None
    if page is None:
        made = accueil("fr").add_child(instance=GlossairePage(title="Glossaire", slug="glossaire"))
        made.save_revision().publish()
    yield mot(NOMS[0], title="Essai connu", definition="Ce que la page disait.", publiee=True)
    ImportTermes.objects.all().delete()
    for terme in TermePage.objects.filter(slug__in=NOMS):
        terme.delete()
    Concept.objects.filter(identifiant__in=NOMS).delete()
    if made is not None:
        GlossairePage.objects.get(pk=made.pk).delete()


@pytest.fixture
def ouvrir(new_context: Callable[..., BrowserContext], connu: TermePage) -> Iterator[Callable[..., Page]]:
    """Open a screen of the admin as a writer."""
    made = []

    def open_at(address: str, width: int = 1280) -> Page:
        user = UtilisateurFactory(groupes=[roles.MODERATION.nom], email=f"import{len(made)}@exemple.test")
        made.append(user)
        page = new_context(viewport={"width": width, "height": 900}, reduced_motion="reduce").new_page()
        page.goto(f"/fr/compte/connexion/?next={address}")
        page.get_by_label("Adresse e-mail").fill(user.email)
        page.get_by_label("Mot de passe", exact=True).fill(MOT_DE_PASSE)
        page.get_by_role("button", name="Se connecter", exact=True).click()
        expect(page.locator("main")).to_be_visible()
        return page

    yield open_at
    Utilisateur.objects.filter(pk__in=[user.pk for user in made]).delete()


def photo(page: Page, name: str) -> None:
    """Keep a picture of the screen where whoever works on it asks for one."""
    if folder := os.environ.get("PHOTOS"):
        page.screenshot(path=str(Path(folder) / f"{name}.png"), full_page=True)


@pytest.mark.parametrize("width", [1280, 320])
def test_from_the_table_to_the_drafts(ouvrir: Callable[..., Page], tmp_path: Path, width: int) -> None:
    path = tmp_path / "mots.csv"
    path.write_bytes(
        tableau(
            {"identifiant": NOMS[0], "definition": "Ce que le tableau dit.", "exemple": "Un.\nDeux."},
            ligne(NOMS[1], sources="Un guide ; Un auteur ; 2020 ; https://exemple.org/un-chemin-tres-long/" + "x" * 90),
            ligne(NOMS[2], nature="adverbe", definition="x" * 301),
        )
    )
    page = ouvrir("/admin/glossaire/import/", width)
    photo(page, f"accueil-{width}")
    assert_no_violation(page, "main")
    assert_no_sideways_scroll(page)
    page.locator("input[name=fichier]").set_input_files(str(path))
    page.get_by_role("button", name="Examiner le tableau").press("Enter")
    expect(page.get_by_text("Rien n’est encore importé.")).to_be_visible()
    photo(page, f"rapport-{width}")
    assert_no_violation(page, "main")
    assert_no_sideways_scroll(page)
    page.get_by_role("button", name="Importer 2 lignes comme brouillons").press("Enter")
    expect(page.get_by_text("Ce qui a été importé")).to_be_visible()
    photo(page, f"fini-{width}")
    assert_no_violation(page, "main")
    assert_no_sideways_scroll(page)
    assert not TermePage.objects.get(slug=NOMS[1]).live
