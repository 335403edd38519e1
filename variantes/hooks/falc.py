"""Wiring of the versions in FALC into the admin: address, buttons, words of the history."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from wagtail import hooks
from wagtail.admin.userbar import BaseItem
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Page

from variantes.operations.falc import CREATION
from variantes.queries.falc import a_une_version_falc, ecrit_en_falc
from variantes.views.falc import CreerVersionView


@hooks.register("register_admin_urls")
def falc_urls() -> list[URLPattern]:
    return [path("variantes/falc/<int:page_id>/creer/", CreerVersionView.as_view(), name="variantes_creer_falc")]


def _bouton(page: Page, user: Any) -> Iterator[Button]:
    # Whether it exists already is not asked of each page of a list: the same address opens it.
    if ecrit_en_falc(user) and a_une_version_falc(page):
        yield Button("Version FALC", reverse("variantes_creer_falc", args=[page.pk]), icon_name="glasses", priority=70)


@hooks.register("register_page_listing_more_buttons")
def listing_button(page: Page, user: Any, next_url: str | None = None) -> Iterator[Button]:
    return _bouton(page, user)


@hooks.register("register_page_header_buttons")
def header_button(page: Page, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    return _bouton(page, user)


class VersionFalcItem(BaseItem):
    """The way from a French page, as readers see it, to its version in FALC."""

    template_name = "variantes/falc/barre.html"

    def __init__(self, page: Page) -> None:
        self.page = page

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        adresse = reverse("variantes_creer_falc", args=[self.page.pk])
        return {**super().get_context_data(parent_context), "adresse": adresse}


@hooks.register("construct_wagtail_userbar")
def userbar_item(request: HttpRequest, items: list[Any], page: Page | None) -> None:
    if page is not None and page.pk and ecrit_en_falc(request.user) and a_une_version_falc(page):
        items.append(VersionFalcItem(page))


@hooks.register("register_log_actions")
def log_actions(actions: LogActionRegistry) -> None:
    actions.register_action(CREATION, "Créer la version FALC", "Créée à partir de la page en français")
