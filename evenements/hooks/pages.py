"""Wiring of the pages of events: none is added without its facts, a copy has facts of its own."""

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from wagtail import hooks
from wagtail.admin import messages
from wagtail.models import Page

from evenements.models import EvenementPage
from evenements.views.equipe.base import ESPACE


@hooks.register("before_create_page")
def facts_come_first(request: HttpRequest, parent: Page, kind: type[Page]) -> HttpResponseBase | None:
    return redirect(f"{ESPACE}:annoncer") if kind is EvenementPage else None


@hooks.register("after_copy_page")
def a_copy_has_its_own_dates(request: HttpRequest, page: Any, copied: Any) -> HttpResponseBase | None:
    if not isinstance(copied.specific, EvenementPage) or copied.alias_of_id:
        return None
    messages.info(request, "La copie a ses propres faits : donnez-lui sa date, puis enregistrez.")
    return redirect(f"{ESPACE}:faits", copied.specific.evenement_id)
