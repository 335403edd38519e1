"""Links to a term that someone made by hand, in rich text: `<a linktype="terme" id="<key of the concept>">words</a>`.

The key names the concept, so that the text means the same in every language that it is translated into.
"""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.utils.html import escape
from django.utils.translation import get_language
from wagtail.models import Page
from wagtail.rich_text import LinkHandler

from glossaire.lexique import lexique
from glossaire.models import Concept, TermePage

GENRE = "terme"


def cle_du_lien(value: Any) -> UUID | None:
    """Return the key of the concept that a link names, or nothing where it names none."""
    try:
        return UUID(str(value))
    except ValueError:
        return None


class TermeLinkHandler(LinkHandler):
    """Renders links to terms in the language of the page; where that language has no such term, the words alone."""

    identifier = GENRE

    @staticmethod
    def get_model() -> type[Concept]:
        return Concept

    @classmethod
    def expand_db_attributes(cls, attrs: dict[str, str]) -> str:
        return cls.expand_db_attributes_many([attrs])[0]

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, str]]) -> list[str]:
        mots = lexique(get_language())
        found = []
        for attrs in attrs_list:
            cle = cle_du_lien(attrs.get("id"))
            mot = mots.du_concept(cle) if cle else None
            found.append(f'<a class="mot" href="{escape(mot.url)}" data-mot="{mot.pk}">' if mot else "<a>")
        return found

    @classmethod
    def extract_references(cls, attrs: dict[str, str]) -> Iterator[tuple[type[Any], str, str, str]]:
        """The concept, and its terms in every language: each shows which pages use it."""
        cle = cle_du_lien(attrs.get("id"))
        if cle is None:
            return
        for pk in Concept.objects.filter(cle=cle).values_list("pk", flat=True):
            yield Concept, str(pk), "", ""
        for pk in TermePage.objects.du_concept(cle).values_list("pk", flat=True):
            yield Page, str(pk), "", ""
