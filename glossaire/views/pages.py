"""The list of the terms and the page of one."""

from typing import Any

from django.http import HttpRequest

from glossaire.models import GlossairePage, TermePage
from socle.page_context import page_context


@page_context(GlossairePage)
def contexte_glossaire(request: HttpRequest, page: GlossairePage) -> dict[str, Any]:
    """The terms from A to Z."""
    code = page.locale.language_code
    termes = TermePage.objects.visible_to(request.user).in_language(code).child_of(page)
    return {"termes": termes.alphabetiques().defer_streamfields()}
