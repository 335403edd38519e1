"""Zoom to 400 %, larger text spacing, forced colours: nothing is lost."""

import pytest
from playwright.sync_api import Page, expect

from tests.harness.browser import Visit
from tests.harness.pages import TEMPLATES

# What WCAG 1.4.12 asks a page to bear.
SPACING = """
  * { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
  p { margin-block-end: 2em !important; }
"""
OVERFLOWING = """() => {
  const width = document.documentElement.clientWidth;
  const scrolls = (element) => { for (let e = element.parentElement; e; e = e.parentElement) {
    const overflow = getComputedStyle(e).overflowX;
    if (overflow === 'auto' || overflow === 'scroll' || overflow === 'hidden' || overflow === 'clip') return true; } };
  return [...document.querySelectorAll('body *')].filter((element) => {
    const box = element.getBoundingClientRect();
    return element.checkVisibility() && box.width > 1 && (box.right > width + 1 || box.left < -1) && !scrolls(element);
  }).slice(0, 5).map((element) => element.outerHTML.slice(0, 160));
}"""
# A map is a window on a larger drawing; its buttons are judged like any text.
CLIPPED = """() => [...document.querySelectorAll('body *')].filter((element) => {
  const style = getComputedStyle(element), box = element.getBoundingClientRect();
  return box.width > 1 && box.height > 1 && element.checkVisibility() && element.innerText?.trim()
    && !element.matches('.leaflet-container')
    && ['hidden', 'clip'].includes(style.overflowY) && element.scrollHeight > element.clientHeight + 4
    && !style.webkitLineClamp.match(/\\d/);
}).slice(0, 5).map((element) => element.outerHTML.slice(0, 160))"""


def assert_no_sideways_scroll(page: Page) -> None:
    scroll, client = page.evaluate("() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    assert scroll <= client, f"{scroll} px in a window of {client}: {page.evaluate(OVERFLOWING)}"


@pytest.mark.parametrize("language", ["fr", "fr-simple", "ar"])
@pytest.mark.parametrize("template", TEMPLATES)
def test_a_page_at_400_percent_needs_no_sideways_scroll(visit: Visit, template: str, language: str) -> None:
    # 1280 px at 400 % are 320 CSS pixels, and 900 are 225.
    page = visit(template, language, 320)
    page.set_viewport_size({"width": 320, "height": 256})
    page.evaluate("() => document.querySelectorAll('details:not([data-fermer])').forEach((d) => { d.open = true })")
    assert_no_sideways_scroll(page)


@pytest.mark.parametrize("language", ["fr", "fr-simple", "ar"])
def test_an_open_menu_needs_no_sideways_scroll(visit: Visit, language: str) -> None:
    page = visit("accueil", language, 320)
    for menu in page.locator("details[data-fermer]").all():
        menu.locator("summary").click()
        expect(menu).to_have_attribute("open", "")
        assert_no_sideways_scroll(page)
        page.keyboard.press("Escape")


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("template", TEMPLATES)
def test_larger_text_spacing_loses_nothing(visit: Visit, template: str, width: int) -> None:
    page = visit(template, "fr", width, bypass_csp=True)
    page.add_style_tag(content=SPACING)
    assert_no_sideways_scroll(page)
    assert page.evaluate(CLIPPED) == []


@pytest.mark.parametrize("template", ["accueil", "fiche"])
def test_text_twice_as_large_needs_no_sideways_scroll(visit: Visit, template: str) -> None:
    page = visit(template, "fr", 640, bypass_csp=True)
    page.add_style_tag(content="html { font-size: 200% !important; }")
    assert_no_sideways_scroll(page)


def test_arabic_reads_from_the_right(visit: Visit) -> None:
    page = visit("accueil", "ar")
    assert page.evaluate("() => getComputedStyle(document.body).direction") == "rtl"
    title = page.locator("h1").bounding_box()
    assert title is not None
    align = page.evaluate("() => getComputedStyle(document.querySelector('h1')).textAlign")
    assert align in ("start", "right")


def test_easy_french_is_larger(visit: Visit) -> None:
    size = "() => parseFloat(getComputedStyle(document.querySelector('main p')).fontSize)"
    assert visit("accueil", "fr-simple").evaluate("() => parseFloat(getComputedStyle(document.body).fontSize)") >= 22
    assert visit("accueil", "fr").evaluate(size) >= 16
