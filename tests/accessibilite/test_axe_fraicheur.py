"""axe on the screens of the admin for dates and notifications, narrow and wide."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.accessibilite.test_axe import assert_no_violation

SCREENS = ("rapports/a-revoir/", "account/")


@pytest.mark.parametrize("width", [1280, 320])
def test_axe_finds_nothing(new_context: Callable[..., BrowserContext], base_url: str, width: int) -> None:
    page = signed_in(new_context(viewport={"width": width, "height": 900}).new_page(), base_url)
    for screen in SCREENS:
        page.goto(f"{base_url}/admin/{screen}")
        assert_no_violation(page)
    page.goto(f"{base_url}/admin/rapports/a-revoir/")
    page.get_by_role("checkbox", name="La recommandation de la HAS").focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Toujours valable").focus()
    page.keyboard.press("Enter")
    page.get_by_role("textbox", name="Note").wait_for()
    assert_no_violation(page)
    page.get_by_role("button", name="Toujours valable").focus()
    page.keyboard.press("Enter")
    page.get_by_text("Champ requis.").wait_for()
    assert_no_violation(page)


def signed_in(page: Page, base_url: str) -> Page:
    page.goto(f"{base_url}/admin/")
    page.locator("input[name=login]").fill("redaction@demo.test")
    page.locator("input[name=password]").fill("demo-partenariat")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{base_url}/admin/")
    return page
