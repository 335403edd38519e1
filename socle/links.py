"""Internal links of rich text, resolved together rather than with one to seven queries each."""

import re

from django.utils.html import escape
from wagtail.documents.rich_text import DocumentLinkHandler
from wagtail.rich_text.pages import PageLinkHandler

from socle import directory
from socle.sites import url_of

_PAGE_LINK = re.compile(r'<a\b(?=[^>]*\blinktype="page")[^>]*\bid="(\d+)"')


def page_ids(source: str) -> set[int]:
    """Ids of the pages linked from stored rich text."""
    return {int(pk) for pk in _PAGE_LINK.findall(source)}


def url(page_id: int) -> str:
    """URL of a page in the active language where it exists there, or "" when nobody may read it."""
    page = directory.current().pages.by_id(page_id)
    return url_of(page) if page else ""


class ResolvedPageLinkHandler(PageLinkHandler):
    """Renders links to pages from the directory; a link to nothing readable stays plain text."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, str]]) -> list[str]:
        ids = [int(attrs["id"]) if attrs.get("id", "").isdigit() else 0 for attrs in attrs_list]
        pages = directory.current().pages
        pages.want(ids=ids)
        found = [pages.by_id(pk) if pk else None for pk in ids]
        return [f'<a href="{escape(url_of(page))}">' if page else "<a>" for page in found]


class ResolvedDocumentLinkHandler(DocumentLinkHandler):
    """Renders links to documents from the directory; a link to one that is not public stays plain text."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, str]]) -> list[str]:
        ids = [int(attrs["id"]) if attrs.get("id", "").isdigit() else 0 for attrs in attrs_list]
        documents = directory.current().documents
        documents.want(ids)
        found = [documents.get(pk) for pk in ids]
        return [
            f'<a href="{escape(document.url)}">' if document and document.est_public else "<a>" for document in found
        ]
