"""Every page of the demo site answers, and respects the rules of every page."""

import pytest
from wagtail.models import Page

from tests.harness.html import HtmlError, StrictClient
from tests.harness.templates import UndefinedVariableError

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_site"), pytest.mark.slow]


def test_every_seeded_page_answers(client: StrictClient) -> None:
    pages = Page.objects.live().filter(depth__gt=1).select_related("locale").order_by("path")
    assert pages.count() > 20
    failures = {}
    for page in pages:
        try:
            status = client.get(page.get_url()).status_code
        except (HtmlError, UndefinedVariableError) as error:
            status = f"{type(error).__name__}: {error}"
        if status != 200:
            failures[page.get_url()] = status
    assert not failures, "\n".join(f"{url}: {error}" for url, error in failures.items())
