"""axe on every template: WCAG 2.2 AA and best practices, narrow and wide, light and dark."""

from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.harness.browser import Visit
from tests.harness.pages import MODELS, STATES, TEMPLATES

RULES = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    },
    "resultTypes": ["violations"],
}
LANGUAGES = ["fr", "fr-simple", "en", "ar"]
# Both schemes come from the same tokens: one width each is enough.
WINDOWS: list[tuple[int, Literal["dark", "light"]]] = [(320, "dark"), (1280, "light")]


VISITS = [(template, language) for template in TEMPLATES for language in LANGUAGES if template not in STATES]
# The other languages share these templates; what they have of their own is their words.
VISITS += [(template, language) for template in MODELS for language in ("es", "pt")]


@pytest.mark.parametrize(("template", "language"), [*VISITS, *((state, "fr") for state in STATES)])
def test_axe_finds_nothing(visit: Visit, template: str, language: str) -> None:
    page = visit(template, language, 320, color_scheme="dark", reduced_motion="reduce")
    for width, scheme in WINDOWS:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        # What is folded away counts too; a menu that covers the page has its own test.
        page.evaluate("() => document.querySelectorAll('details:not([data-fermer])').forEach((d) => { d.open = true })")
        assert_no_violation(page)


@pytest.mark.parametrize(("width", "scheme"), WINDOWS)
@pytest.mark.parametrize("language", ["fr", "ar"])
def test_axe_finds_nothing_in_open_menus(visit: Visit, language: str, width: int, scheme: str) -> None:
    page = visit("accueil", language, width, color_scheme=scheme, reduced_motion="reduce")
    for menu in page.locator("details[data-fermer]:not([data-toujours])").all():
        menu.locator("summary").click()
        assert_no_violation(page, context="details[data-fermer][open]:not([data-toujours])")
        page.keyboard.press("Escape")


def assert_no_violation(page: Page, context: str | None = None) -> None:
    # A page reached by a click is judged once it is whole, and its colours once what moves has arrived.
    page.wait_for_load_state()
    page.evaluate("() => document.getAnimations().forEach((one) => { try { one.finish(); } catch { one.cancel(); } })")
    violations = Axe().run(page, context=context, options=RULES).response["violations"]
    assert not violations, "\n".join(
        f"{violation['id']} ({violation['impact']}): {violation['help']}\n    {node['html'][:200]}\n    "
        + node.get("failureSummary", "").replace("\n", " ")[:400]
        for violation in violations
        for node in violation["nodes"][:3]
    )
