"""The checker beside the text that is being written, in a real browser: what it says, where it leads, what it cuts."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.accessibilite.test_axe import assert_no_violation
from tests.variantes.test_pictogrammes_navigateur import editor

__all__ = ["editor"]

LONGUE = "Vous venez à la réunion avec une amie et vous parlez de votre vie avec la maladie."


def test_a_long_line_is_found_while_it_is_written_and_cut_with_one_click(editor: Callable[[str], Page]) -> None:
    page = editor("light")
    falc = page.locator("[data-contentpath='texte_falc']").first
    falc.get_by_role("button", name="Insérer un bloc").first.click()
    page.get_by_role("option", name="Lignes").first.click()
    text = falc.locator("[contenteditable=true]").first
    text.click()
    page.keyboard.type(LONGUE)
    page.locator("[data-side-panel-toggle='checks']").click()
    panel = page.locator("[data-assistant-falc]")
    finding = panel.get_by_role("listitem").filter(has_text="Phrase trop longue").filter(has_text="avec une amie")
    expect(finding).to_be_visible(timeout=20_000)
    expect(panel.get_by_role("status")).to_contain_text("erreur")
    assert_no_violation(page, "[data-assistant-falc]")
    finding.get_by_role("button", name="Aller à la ligne").click()
    expect(text).to_be_focused()
    finding.get_by_role("button", name="Couper la ligne").focus()
    page.keyboard.press("Enter")
    expect(text).to_contain_text("Vous venez à la réunion avec une amie.")
    assert [line for line in text.inner_text().split("\n") if line.strip()] == [
        "Vous venez à la réunion avec une amie.",
        "Vous parlez de votre vie avec la maladie.",
    ]
    expect(finding).to_have_count(0, timeout=20_000)
