"""Wiring of the reviews into the admin."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from wagtail import hooks
from wagtail.admin.action_menu import WorkflowMenuItem
from wagtail.models import Page

from redaction.hooks import (  # noqa: F401 -- registers them
    bureau,
    choix,
    fraicheur,
    moderation,
    notifications,
    propositions,
)
from redaction.views.relecture import a_relire, donner_son_avis, sans_gestes


# Wagtail offers these actions only to those who may change the text.
@hooks.register("construct_page_action_menu")
def offer_review(menu_items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    page = context.get("page")
    if page and context.get("locked_for_user") and (task := a_relire(page, request)):
        menu_items[:0] = [WorkflowMenuItem(*action) for action in reversed(task.get_actions(page, request.user))]


# Before whoever reads what the form asks for.
@hooks.register("before_edit_page", order=-100)
def autosave_decides_nothing(request: HttpRequest, page: Page) -> None:
    if request.method == "POST" and not request.accepts("text/html"):
        request.POST = sans_gestes(request.POST)  # type: ignore[assignment]  # the copy of a QueryDict is one


@hooks.register("before_edit_page")
def review(request: HttpRequest, page: Page) -> HttpResponse | None:
    if request.method == "POST" and "action-workflow-action" in request.POST and (task := a_relire(page, request)):
        return donner_son_avis(request, page, task)
    return None
