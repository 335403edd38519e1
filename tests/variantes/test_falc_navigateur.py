"""The whole story in a real browser: a writer, a reading group and a moderator bring a page to its label."""

from collections.abc import Iterator

import pytest
from django.contrib.auth.models import Group
from playwright.sync_api import Page, expect
from wagtail.models import Page as WagtailPage

from home.models import HomePage, InformationPage
from redaction import roles
from socle.models import Utilisateur
from tests.accessibilite.test_axe import assert_no_violation
from tests.accessibilite.test_reflow import assert_no_sideways_scroll
from tests.comptes.test_navigateur import sur_le_serveur  # noqa: F401 -- a fixture
from tests.harness.server import PASSWORD
from tests.redaction.test_bureau_navigateur import BUREAU, Ouvrir, ouvrir
from tests.redaction.test_histoire_navigateur import envoyer

__all__ = ["ouvrir"]

TITRE = "Venir à la réunion des kiwis"
FALC = "/fr-simple/venir-a-la-reunion-des-kiwis/"
PERSONNES = {"ecrit-falc@demo.test": roles.REDACTION_FALC, "lit-falc@demo.test": roles.RELECTURE_FALC}


@pytest.fixture
def page_francaise(sur_le_serveur: None) -> Iterator[InformationPage]:  # noqa: F811 -- the fixture of that name
    """Give the running site a page in French, and the people of FALC; take them all back."""
    for email, role in PERSONNES.items():
        person = Utilisateur.objects.create_user(email, password=PASSWORD, first_name=role.nom, last_name="Démo")
        person.groups.add(Group.objects.get(name=role.nom))
    home = HomePage.objects.get(locale__language_code="fr")
    page = InformationPage(title=TITRE, slug=FALC.split("/")[2], resume="La réunion est ouverte.", live=False)
    page.locale = home.locale
    page.corps = [("texte", "<p>Vous pouvez venir avec un proche. La réunion dure une heure.</p>")]
    home.add_child(instance=page)
    page.save_revision().publish()
    yield page
    for found in WagtailPage.objects.filter(translation_key=page.translation_key):
        WagtailPage.objects.get(pk=found.pk).delete()
    Utilisateur.objects.filter(email__in=PERSONNES).delete()


def ligne(page: Page, section: str) -> Page:
    page.goto(f"{BUREAU}{section}/?q=kiwis")
    return page.get_by_role("article", name=TITRE)


@pytest.mark.usefixtures("page_francaise")
def test_from_the_french_page_to_the_label_and_back(ouvrir: Ouvrir, page: Page) -> None:
    auteur = ouvrir("ecrit-falc")
    ligne(auteur, "falc-a-ecrire").get_by_role("link", name="Créer la version FALC").click()
    assert_no_violation(auteur)
    auteur.get_by_label("Le texte français, coupé").check()
    auteur.get_by_role("button", name="Créer le brouillon").click()
    expect(auteur.get_by_text("La version FALC est créée")).to_be_visible()
    lines = auteur.get_by_role("textbox", name="Lignes")
    expect(lines.first).to_contain_text("Vous pouvez venir avec un proche.")
    expect(auteur.get_by_role("button", name="Italique")).to_have_count(0)
    auteur.locator("#id_resume").fill("Vous pouvez venir à la réunion.")
    envoyer(auteur, "Envoyer en relecture")
    assert page.request.get(FALC).status == 404

    groupe = ouvrir("lit-falc")
    ligne(groupe, "attend").get_by_role("link", name="Imprimer la fiche de relecture").click()
    rows = groupe.get_by_role("row")
    expect(rows.filter(has_text="La réunion dure une heure.")).to_have_count(1)
    assert_no_violation(groupe)
    ligne(groupe, "attend").get_by_role("link", name="Enregistrer la lecture").click()
    assert_no_violation(groupe)
    assert_no_sideways_scroll(groupe)
    groupe.get_by_label("Groupe de relecture").fill("Atelier des Tilleuls")
    groupe.get_by_role("button", name="Enregistrer la lecture").click()
    expect(groupe.get_by_text("Donnez le jour de la lecture.")).to_be_visible()
    groupe.get_by_label("Lu le").fill(groupe.evaluate("() => new Date().toLocaleDateString('fr-FR')"))
    groupe.get_by_label("Nom de la personne 1").fill("Alex Exemple")
    groupe.get_by_label("La personne 1 accepte que son nom soit publié").check()
    groupe.get_by_label("Nom de la personne 2").fill("Noa Discret")
    groupe.get_by_role("button", name="Enregistrer la lecture").click()
    expect(groupe.get_by_text("est enregistrée")).to_be_visible()
    assert page.request.get(FALC).status == 404

    moderation = ouvrir("moderation")
    ligne(moderation, "attend").get_by_role("button", name="Valider et publier").click()
    expect(moderation.get_by_role("status")).to_contain_text(f"« {TITRE} » est publiée.")

    page.goto(FALC)
    label = page.locator(".label-falc")
    expect(label).to_contain_text("Facile à lire et à comprendre (FALC)")
    expect(label).to_contain_text("Atelier des Tilleuls")
    expect(label).to_contain_text("Alex Exemple")
    expect(label).not_to_contain_text("Noa Discret")
    assert_no_violation(page)

    auteur.goto(
        f"/admin/pages/{WagtailPage.objects.get(slug=FALC.split('/')[2], locale__language_code='fr-simple').pk}/edit/"
    )
    auteur.locator("#id_resume").fill("La réunion est lundi.")
    auteur.get_by_role("button", name="Enregistrer le brouillon").click()
    moderation.goto(f"{auteur.url}")
    moderation.get_by_role("button", name="Plus d'actions").click()
    moderation.get_by_role("link", name="Publier en urgence").click()
    moderation.get_by_label("Motif").fill("La date a changé.")
    moderation.get_by_role("button", name="Publier sans attendre").click()
    expect(moderation.get_by_text("est publique")).to_be_visible()

    page.goto(FALC)
    expect(page.get_by_text("La réunion est lundi.").first).to_be_visible()
    expect(page.locator(".etiquette-falc")).to_have_text("Version simple, pas encore validée")
