"""A page read with the keyboard alone."""

import pytest
from playwright.sync_api import Page, expect

from tests.harness.browser import Visit

TEMPLATES = ["accueil", "index", "fiche", "contact"]
# What the keyboard must reach: shown, enabled, and not folded away.
REACHABLE = """() => [...document.querySelectorAll(
  'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]')]
  .filter((element) => !element.disabled && element.tabIndex >= 0 && element.checkVisibility({
    visibilityProperty: true, opacityProperty: false }) && !element.closest('[aria-hidden=true], [inert]'))
  .map((element, index) => { element.dataset.rang = index; return index })"""
FOCUSED = """() => {
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  const box = element.getBoundingClientRect();
  // A card draws the ring of its link around itself.
  const styles = [null, '::after', '::before'].map((part) => getComputedStyle(element, part));
  const x = Math.min(Math.max(box.x + box.width / 2, 0), innerWidth - 1);
  const y = Math.min(Math.max(box.y + box.height / 2, 0), innerHeight - 1);
  const top = document.elementFromPoint(x, y);
  return {
    rang: element.dataset.rang ?? null,
    html: element.outerHTML.slice(0, 150),
    outline: Math.max(...styles.map((style) => style.outlineStyle === 'none' ? 0 : parseFloat(style.outlineWidth))),
    width: box.width, height: box.height,
    visible: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    covered: Boolean(top) && !element.contains(top) && !top.contains(element),
  };
}"""


def walk(page: Page, limit: int = 400) -> list[dict]:
    """Press Tab from the top of the page to its end, and describe each stop."""
    stops = []
    for _ in range(limit):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUSED)
        if stop is None:
            break
        stops.append(stop)
    return stops


@pytest.mark.parametrize(("language", "width"), [("fr", 1280), ("fr", 320), ("ar", 1280)])
@pytest.mark.parametrize("template", TEMPLATES)
def test_the_keyboard_reaches_everything_and_always_shows_where_it_is(
    visit: Visit, template: str, language: str, width: int
) -> None:
    page = visit(template, language, width, reduced_motion="reduce")
    expected = page.evaluate(REACHABLE)
    stops = walk(page)
    assert len(stops) > 5
    reached = {int(stop["rang"]) for stop in stops if stop["rang"] is not None}
    missed = [
        page.evaluate("(rang) => document.querySelector(`[data-rang='${rang}']`).outerHTML.slice(0, 150)", rang)
        for rang in expected
        if rang not in reached and not in_radio_group(page, rang)
    ]
    assert not missed, f"never focused: {missed}"
    assert not [stop["html"] for stop in stops if stop["outline"] < 2], "focus is not shown"
    assert not [stop["html"] for stop in stops if not stop["visible"]], "focus is off the screen"
    assert not [stop["html"] for stop in stops if stop["covered"]], "focus is under something else"


def in_radio_group(page: Page, rang: int) -> bool:
    """Tell whether this is a radio button: Tab stops once per group."""
    return bool(page.evaluate("(rang) => document.querySelector(`[data-rang='${rang}']`).type === 'radio'", rang))


@pytest.mark.parametrize("language", ["fr", "fr-simple", "ar"])
def test_the_skip_link_comes_first_and_works(visit: Visit, language: str) -> None:
    page = visit("index", language)
    page.keyboard.press("Tab")
    first = page.locator(":focus")
    expect(first).to_have_attribute("href", "#contenu")
    expect(first).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("() => Boolean(document.activeElement.closest('main'))"), "the skip link leads nowhere"


def test_escape_closes_the_language_menu_and_gives_the_focus_back(visit: Visit) -> None:
    page = visit("accueil", "fr")
    menu = page.locator("details.langues")
    menu.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(menu).to_have_attribute("open", "")
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(menu).not_to_have_attribute("open", "")
    expect(menu.locator("summary")).to_be_focused()


@pytest.mark.parametrize("template", TEMPLATES)
def test_targets_are_large_enough_for_a_thumb(visit: Visit, template: str) -> None:
    page = visit(template, "fr", 320, has_touch=True)
    small = page.evaluate(
        """() => [...document.querySelectorAll('button, summary, input:not([type=hidden]), select, nav a, .bouton')]
          .filter((element) => element.checkVisibility() && !element.closest('[aria-hidden=true], .evitement, .piege'))
          .filter((element) => !element.closest('.fil-d-ariane, .fil'))
          .map((element) => [element.outerHTML.slice(0, 120), element.getBoundingClientRect()])
          .filter(([, box]) => box.width > 1 && (box.height < 43.5 || box.width < 43.5))
          .map(([html, box]) => `${Math.round(box.width)}×${Math.round(box.height)} ${html}`)"""
    )
    assert not small, "\n".join(small)
