"""The whole story in a real browser: written, sent back, written again, approved by both sides, validated, read."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from fiches.models import FichePage
from tests.comptes.test_navigateur import sur_le_serveur  # noqa: F401 -- a fixture
from tests.harness.server import Server
from tests.redaction.test_bureau_navigateur import BUREAU, Ouvrir, ouvrir

__all__ = ["ouvrir"]

TITRE = "Préparer une visite avec des kumquats"
RESUME = "Deux personnes visitent le service, un pamplemousse à la main."
ADRESSE = "/fr/fiches/preparer-une-visite-avec-des-kumquats/"
PUBLIQUES = (
    "/fr/",
    "/fr/fiches/",
    "/fr/plan-du-site/",
    "/fr/recherche/?q=pamplemousse",
    "/fr/recherche/suggestions/?q=visite",
    "/sitemap.xml",
    ADRESSE,
)


@pytest.fixture
def plus_tard(sur_le_serveur: None) -> Iterator[None]:  # noqa: F811 -- the fixture of that name
    yield
    for page in FichePage.objects.filter(title=TITRE):
        page.delete()


@pytest.fixture
def secret(server: Server, page: Page) -> Callable[[], None]:
    """Return a check that the public reads not a word of it."""

    def check() -> None:
        for path in PUBLIQUES:
            text = page.request.get(f"{server.url}{path}").text()
            if path == ADRESSE:  # what was not found may be named
                text = text.replace(ADRESSE, "")
            for word in ("kumquats", "personnes visitent"):
                assert word not in text, (path, word)
        assert page.request.get(f"{server.url}{ADRESSE}").status == 404

    return check


def envoyer(page: Page, bouton: str) -> None:
    page.get_by_role("button", name="Plus d'actions").click()
    page.get_by_role("button", name=bouton).click()
    expect(page.get_by_text("envoyée en relecture").or_(page.get_by_text("soumise"))).to_be_visible()


def ligne(page: Page, section: str) -> Page:
    page.goto(f"{BUREAU}{section}/?q=kumquats")
    return page.get_by_role("article", name=TITRE)


@pytest.mark.usefixtures("plus_tard")
def test_from_the_first_word_to_the_reader(ouvrir: Ouvrir, secret: Callable[[], None], page: Page) -> None:
    auteur = ouvrir("contribution", "/admin/")
    auteur.get_by_role("link", name="Écrire une fiche").click()
    auteur.locator("#id_title").fill(TITRE)
    auteur.locator("#id_resume").fill(RESUME)
    envoyer(auteur, "Envoyer en relecture")
    secret()

    usager = ouvrir("usager")
    demande = ligne(usager, "attend")
    demande.get_by_text("Demander des modifications").click()
    demande.get_by_role("textbox").fill("Dites à qui la visite s’adresse.")
    demande.get_by_role("button", name="Envoyer").click()
    expect(usager.get_by_text("est renvoyée avec votre demande")).to_be_visible()
    secret()

    retour = ligne(auteur, "envois")
    expect(retour).to_contain_text("Dites à qui la visite s’adresse.")
    retour.get_by_role("link", name="Modifier").click()
    auteur.locator("#id_resume").fill(f"{RESUME} Pour les nouvelles équipes.")
    envoyer(auteur, "Renvoyer en relecture")
    secret()

    ligne(usager, "attend").get_by_role("button", name="Approuver (regard usager)").click()
    expect(usager.get_by_role("status")).to_contain_text("est enregistré")
    secret()
    pro = ouvrir("professionnel")
    ligne(pro, "attend").get_by_role("button", name="Approuver (regard professionnel)").click()
    expect(pro.get_by_role("status")).to_contain_text("est enregistré")
    secret()

    moderation = ouvrir("moderation")
    ligne(moderation, "attend").get_by_role("button", name="Valider et publier").click()
    expect(moderation.get_by_role("status")).to_contain_text(f"« {TITRE} » est publiée.")

    page.goto(ADRESSE)
    expect(page.get_by_role("heading", level=1)).to_have_text(TITRE)
    expect(page.get_by_text("Pour les nouvelles équipes.").first).to_be_visible()
    expect(page.get_by_text("Relecture à deux regards")).to_be_visible()
    page.goto("/fr/recherche/?q=pamplemousse")
    expect(page.get_by_role("link", name=TITRE)).to_be_visible()
