"""Wiring of what wagtail-localize may not do by itself."""

from typing import Any

from django.urls import path
from wagtail import hooks

from variantes.views.gardes import SubmitSnippet


# Before wagtail-localize, whose screen of the same address this one replaces.
@hooks.register("register_admin_urls", order=-1)
def guard_snippet_translations() -> list[Any]:
    address = "localize/submit/snippet/<slug:app_label>/<slug:model_name>/<str:pk>/"
    return [path(address, SubmitSnippet.as_view())]
