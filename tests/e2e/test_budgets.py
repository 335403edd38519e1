"""What a page weighs, and that a first visit leaves nothing behind."""

from collections import Counter
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Request

from tests.harness.browser import Guard
from tests.harness.pages import NOT_FOUND, TEMPLATES, Addresses

LIMITS = {"document": 25_000, "stylesheet": 15_000, "script": 10_000}
# The map brings Leaflet and its sheet, on the one view that shows it.
LIMITS_OF = {"agenda_carte": {"document": 25_000, "stylesheet": 20_000, "script": 55_000}}
FIRST_VIEW = 100_000
# The login needs one, against forms sent from elsewhere.
COOKIES = {"connexion": {"csrftoken"}}


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_page_is_light_and_leaves_nothing_behind(
    new_context: Callable[..., BrowserContext], addresses: Addresses, guard: Guard, template: str
) -> None:
    if template == NOT_FOUND:
        guard.expected_statuses.add(404)
    context = new_context(viewport={"width": 390, "height": 844}, device_scale_factor=2, is_mobile=True)
    page = context.new_page()
    requests: list[Request] = []
    page.on("requestfinished", lambda request: requests.append(request))  # noqa: PLW0108 -- Playwright refuses builtins
    page.goto(addresses[template, "fr"], wait_until="networkidle")

    weights: Counter[str] = Counter()
    for request in requests:
        weights[request.resource_type] += request.sizes()["responseBodySize"]
    assert {"document", "stylesheet", "script"} <= set(weights)
    limits = LIMITS_OF.get(template, LIMITS)
    assert {kind: weight for kind, weight in weights.items() if weight > limits.get(kind, FIRST_VIEW)} == {}
    assert weights.total() <= FIRST_VIEW, dict(weights)
    assert {cookie["name"] for cookie in context.cookies()} == COOKIES.get(template, set())
    assert page.evaluate("() => localStorage.length + sessionStorage.length") == 0


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_static_files_are_compressed_and_kept_for_a_year(
    new_context: Callable[..., BrowserContext], addresses: Addresses, language: str
) -> None:
    page = new_context().new_page()
    requests: list[Request] = []
    page.on("requestfinished", lambda request: requests.append(request))  # noqa: PLW0108 -- Playwright refuses builtins
    page.goto(addresses["accueil", language], wait_until="networkidle")
    sheets = [request for request in requests if request.resource_type == "stylesheet"]
    assert len(sheets) == 1, "one sheet, not one per component"
    for request in requests:
        headers = request.response().all_headers()  # type: ignore[union-attr]
        if request.resource_type in ("stylesheet", "script"):
            assert headers.get("content-encoding") == "gzip", request.url
            assert "immutable" in headers["cache-control"], request.url
        if request.resource_type == "document":
            assert headers.get("content-encoding") == "gzip"
            assert "script-src 'self'" in headers["content-security-policy"]
            assert "unsafe" not in headers["content-security-policy"]
