"""Internal links of rich text, resolved together.

Wagtail asks one to seven queries for each link. Here the ids of a whole page are collected before it is rendered and
resolved in one query; what was resolved is remembered until the next request.
"""

import re
from collections.abc import Iterable
from contextvars import ContextVar
from typing import Any

from django.core.signals import request_started
from django.utils.html import escape
from django.utils.translation import get_language
from wagtail.rich_text.pages import PageLinkHandler

from socle.queries import pages_par_id

_PAGE_LINK = re.compile(r'<a\b(?=[^>]*\blinktype="page")[^>]*\bid="(\d+)"')
# (language, page id) → URL, or "" when there is no page that anyone may read
_resolved: ContextVar[dict[tuple[str, int], str] | None] = ContextVar("resolved_links", default=None)


def forget(**kwargs: Any) -> None:
    """Start a request with nothing remembered, so that a link is never older than the page that shows it."""
    _resolved.set({})


request_started.connect(forget, dispatch_uid="socle.links.forget")


def page_ids(source: str) -> set[int]:
    """Ids of the pages linked from stored rich text."""
    return {int(pk) for pk in _PAGE_LINK.findall(source)}


def urls(ids: Iterable[int]) -> dict[int, str]:
    """URL of each page id in the active language, "" for those that nobody may read."""
    known = _resolved.get()
    if known is None:
        known = {}
        _resolved.set(known)
    language = get_language() or ""
    wanted = set(ids)
    missing = {pk for pk in wanted if (language, pk) not in known}
    if missing:
        pages = pages_par_id(missing)
        for pk in missing:
            known[language, pk] = (pages[pk].get_url() or "") if pk in pages else ""
    return {pk: known[language, pk] for pk in wanted}


class ResolvedPageLinkHandler(PageLinkHandler):
    """Renders links to pages from the resolved addresses; a link to nothing readable stays plain text."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, str]]) -> list[str]:
        ids = [int(attrs["id"]) if attrs.get("id", "").isdigit() else 0 for attrs in attrs_list]
        found = urls(pk for pk in ids if pk)
        return [f'<a href="{escape(found[pk])}">' if found.get(pk) else "<a>" for pk in ids]
