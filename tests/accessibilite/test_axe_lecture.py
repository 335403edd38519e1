"""axe and narrow screens on what helps to read a page."""

import pytest

from tests.accessibilite.test_axe import LANGUAGES, WINDOWS, assert_no_violation
from tests.accessibilite.test_reflow import assert_no_sideways_scroll
from tests.harness.browser import Visit
from tests.harness.pages import LECTURE


@pytest.mark.parametrize(("width", "scheme"), WINDOWS)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("template", LECTURE)
def test_axe_finds_nothing_and_nothing_overflows(
    visit: Visit, template: str, language: str, width: int, scheme: str
) -> None:
    page = visit(template, language, width, color_scheme=scheme, reduced_motion="reduce")
    assert_no_violation(page)
    assert_no_sideways_scroll(page)
