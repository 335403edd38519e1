"""A reader looks for a fiche: the same with JavaScript and without."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.harness.browser import Visit


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def listing(request: pytest.FixtureRequest, visit: Visit) -> Page:
    page = visit("index", "fr", java_script_enabled=request.param)
    if not request.param:
        open_folds(page)
    return page


def open_folds(page: Page) -> None:
    """Open what a reader without scripts opens by hand, where the screen has no room for it."""
    folded = page.locator("details.filtres:not([open]) > summary")
    if folded.is_visible():
        folded.click()


def number(text: str | None) -> int:
    found = re.search(r"\d+", text or "")
    assert found, text
    return int(found[0])


def total(page: Page) -> int:
    return number(page.locator("#compte").text_content())


def options(page: Page, facet: str) -> Locator:
    open_folds(page)
    fold = page.locator(f"details[data-facette={facet}]")
    if fold.get_attribute("open") is None:
        fold.locator("summary").click()
    return fold.locator("a.facette__option")


def test_a_filter_gives_as_many_results_as_it_announced(listing: Page) -> None:
    before = total(listing)
    option = next(option for option in options(listing, "publics").all() if 0 < announced(option) < before)
    expected, address = announced(option), option.get_attribute("href")
    option.click()
    expect(listing.locator("#compte")).to_contain_text(str(expected))
    assert total(listing) == expected
    assert listing.url.endswith(address or "?")
    expect(options(listing, "publics").and_(listing.locator("[aria-current=true]"))).to_have_count(1)


def announced(option: Locator) -> int:
    return number(option.locator(".facette__nombre").text_content())


def test_two_filters_combine_and_are_removed_one_by_one(listing: Page) -> None:
    start = total(listing)
    options(listing, "publics").first.click()
    expect(listing).to_have_url(re.compile("publics="))
    one = total(listing)
    options(listing, "natures").first.click()
    expect(listing).to_have_url(re.compile("natures="))
    both = total(listing)
    assert both <= one <= start
    removal = listing.locator(".filtres-actifs a, .actifs a").filter(has_not_text=re.compile("Tout effacer"))
    expect(removal).to_have_count(2)
    removal.last.click()
    expect(removal).to_have_count(1)
    expect(listing).not_to_have_url(re.compile("natures="))
    assert total(listing) == one
    listing.get_by_role("link", name="Tout effacer").click()
    expect(listing.locator("#compte")).to_contain_text(str(start))
    assert "publics" not in listing.url
    assert "natures" not in listing.url


def test_words_narrow_the_list_and_stay_in_the_field(listing: Page) -> None:
    start = total(listing)
    field = listing.locator("main").get_by_role("searchbox")
    field.fill("atelier")
    field.press("Enter")
    expect(listing).to_have_url(re.compile("q=atelier"))
    assert 0 < total(listing) < start
    expect(listing.locator("main").get_by_role("searchbox")).to_have_value("atelier")


def test_an_address_can_be_shared_and_the_back_button_works(visit: Visit) -> None:
    page = visit("index", "fr")
    start = total(page)
    options(page, "publics").first.click()
    expect(page).to_have_url(re.compile("publics="))
    filtered, address = total(page), page.url
    page.go_back()
    expect(page.locator("#compte")).to_contain_text(str(start))
    page.goto(address)
    assert total(page) == filtered


def test_the_new_count_is_announced_without_loading_another_page(visit: Visit) -> None:
    page = visit("index", "fr")
    page.evaluate("() => { window.restee = true }")
    options(page, "publics").first.click()
    expect(page.get_by_role("status").filter(has_text=re.compile(r"\d+ ressource"))).to_have_count(1)
    assert page.evaluate("() => window.restee"), "the whole page was loaded again"
    assert page.evaluate("() => document.activeElement !== document.body"), "the focus is lost"


def test_a_card_leads_to_its_fiche(listing: Page) -> None:
    link = listing.locator("main .cartes h3 a").first
    title = (link.text_content() or "").strip()
    link.click()
    expect(listing.get_by_role("heading", level=1)).to_have_text(title)
