"""Writing to the team, with and without JavaScript."""

import pytest
from playwright.sync_api import Page, expect

from tests.harness.browser import Guard, Visit

# The part of an element that no ancestor clips away.
SHOWN_AREA = """(element) => {
  let { left, top, right, bottom } = element.getBoundingClientRect();
  for (let parent = element.parentElement; parent; parent = parent.parentElement) {
    if (getComputedStyle(parent).overflow === 'visible') continue;
    const box = parent.getBoundingClientRect();
    left = Math.max(left, box.left); right = Math.min(right, box.right);
    top = Math.max(top, box.top); bottom = Math.min(bottom, box.bottom);
  }
  return element.checkVisibility() ? Math.max(0, right - left) * Math.max(0, bottom - top) : 0;
}"""


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def contact(request: pytest.FixtureRequest, visit: Visit, guard: Guard) -> Page:
    # The answer to a form with errors.
    guard.expected_statuses.add(422)
    return visit("contact", "fr", java_script_enabled=request.param)


def test_errors_are_told_beside_their_field_and_keep_what_was_typed(contact: Page) -> None:
    contact.get_by_label("Votre adresse e-mail").fill("pas-une-adresse")
    contact.get_by_label("Votre nom").fill("Camille Exemple")
    contact.get_by_role("button", name="Envoyer le message").click()
    field = contact.get_by_label("Votre adresse e-mail")
    expect(field).to_have_attribute("aria-invalid", "true")
    described = [contact.locator(f"#{name}") for name in (field.get_attribute("aria-describedby") or "").split()]
    assert any("pas complète" in (element.text_content() or "") for element in described)
    expect(contact.get_by_label("Votre nom")).to_have_value("Camille Exemple")
    assert contact.title().startswith("Erreur")
    expect(contact.locator("main")).to_contain_text("Écrivez votre message.")


def test_a_message_is_sent_and_thanked_for(contact: Page) -> None:
    contact.get_by_label("Votre adresse e-mail").fill("camille@exemple.fr")
    contact.get_by_label("Votre message concerne").select_option(index=1)
    contact.get_by_label("Votre message", exact=True).fill("Bonjour, ceci est un essai.")
    contact.get_by_role("button", name="Envoyer le message").click()
    expect(contact.locator("main .message--success")).to_be_visible()
    expect(contact.get_by_role("button", name="Envoyer le message")).to_have_count(0)


def test_nobody_meets_the_trap_for_robots(contact: Page) -> None:
    trap = contact.locator("[name=site_web]")
    expect(trap).to_have_count(1)
    assert trap.evaluate(SHOWN_AREA) <= 1
    expect(trap).to_have_attribute("tabindex", "-1")
    expect(trap).to_have_attribute("autocomplete", "off")
