"""Wiring of the checker into the editor and the lists of pages."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from wagtail import hooks
from wagtail.admin.widgets.button import Button, ListingButton
from wagtail.models import Page

from variantes.queries.controle import avec_controle
from variantes.views.assistant import AssistantView


@hooks.register("register_admin_urls")
def assistant_url() -> list[URLPattern]:
    return [path("variantes/assistant/<int:page_id>/", AssistantView.as_view(), name="variantes_assistant")]


@hooks.register("insert_editor_js")
def assistant_script() -> str:
    return format_html('<script type="module" src="{}"></script>', static("js/admin/assistant_falc.js"))


@hooks.register("insert_global_admin_css")
def assistant_style() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin/assistant.css"))


@hooks.register("construct_explorer_page_queryset")
def with_findings(parent_page: Page, pages: Any, request: HttpRequest) -> Any:
    return avec_controle(pages)


@hooks.register("register_page_listing_buttons")
def findings_in_lists(page: Page, user: Any, next_url: str | None = None) -> Iterator[Button]:
    # Only where the list fetched it: elsewhere it would cost a query a row.
    kept = page._state.fields_cache.get("controle_falc")
    if kept is not None:
        address = reverse("wagtailadmin_pages:edit", args=[page.pk])
        yield ListingButton(f"FALC : {kept.bilan}", address, priority=5)
