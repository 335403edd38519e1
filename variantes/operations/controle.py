"""Keeps what the checker finds in the newest text of each page in FALC."""

from typing import Any

from django.conf import settings
from wagtail.models import Page

from variantes.models.controle import ControleFalc
from variantes.queries.controle import compter, constats_de


def noter(page: Any) -> None:
    """Check a page with the text that it holds now, and keep how many findings of each level there are."""
    if page.locale.language_code == settings.FALC_LANGUAGE_CODE:
        _lines, found = constats_de(page)
        ControleFalc.objects.update_or_create(page_id=page.pk, defaults=compter(found))


def controler_tout() -> int:
    """Check the newest text of every page in FALC, after a change of the rules or of the words explained.

    Return how many there are.
    """
    pages = Page.objects.filter(locale__language_code=settings.FALC_LANGUAGE_CODE, depth__gt=1)
    for page in pages.select_related("locale", "latest_revision").iterator(chunk_size=100):
        noter(page.get_latest_revision_as_object())
    return pages.count()
