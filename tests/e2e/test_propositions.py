"""Telling a problem and proposing, from the foot of a page, with and without JavaScript."""

import pytest
from playwright.sync_api import Page, expect

from tests.harness.browser import Guard, Visit

both = pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without JavaScript"])


@both
def test_a_problem_is_told_from_the_page_where_it_is(visit: Visit, guard: Guard, script: bool) -> None:
    guard.expected_statuses.add(422)
    page = visit("fiche", "fr", java_script_enabled=script)
    title = page.locator("h1").inner_text()
    page.get_by_role("link", name="Signaler un problème sur cette page").click()
    expect(page.locator("main")).to_contain_text(f"Page concernée : {title}")
    page.get_by_role("button", name="Envoyer le signalement").click()
    assert page.title().startswith("Erreur")
    expect(page.locator("main")).to_contain_text(f"Page concernée : {title}")
    page.get_by_role("link", name="Choisissez le problème").click()
    page.get_by_label("Un lien ne marche pas").check()
    page.get_by_label("Que se passe-t-il ?").fill("Le deuxième lien s’ouvre sur une page vide.")
    page.get_by_role("button", name="Envoyer le signalement").click()
    expect(page.locator("main .message--success")).to_contain_text("Votre signalement est arrivé.")


@both
def test_a_resource_is_proposed(visit: Visit, guard: Guard, script: bool) -> None:
    guard.expected_statuses.add(422)
    page = visit("accueil", "fr", java_script_enabled=script)
    page.get_by_role("link", name="Proposer", exact=True).click()
    page.get_by_role("link", name="Une fiche", exact=True).click()
    typed(page)
    page.get_by_role("button", name="Envoyer ma proposition").click()
    expect(page.locator("#erreurs")).to_contain_text("Cochez cette case")
    expect(page.get_by_label("Votre texte")).to_have_value("Choisir un lieu.\nDire l’heure.")
    page.get_by_label("J’accepte que l’équipe").check()
    page.get_by_role("button", name="Envoyer ma proposition").click()
    expect(page.locator("main .message--success")).to_contain_text("Il reste une étape")


def typed(page: Page) -> None:
    page.get_by_label("Titre de votre fiche").fill("Accueillir à deux")
    page.get_by_label("À quoi sert-elle ?").fill("Bien commencer.")
    page.get_by_label("Votre texte").fill("Choisir un lieu.\nDire l’heure.")
    page.get_by_label("Votre adresse e-mail").fill("lou@exemple.fr")
