"""What choosers offer."""

from typing import Any

from django.http import HttpRequest
from wagtail import hooks

from redaction.queries.choix import a_proposer


@hooks.register("construct_page_chooser_queryset")
def offer_pages_of_use(pages: Any, request: HttpRequest) -> Any:
    return pages.filter(a_proposer(request.user))
