"""Wiring of the names of translated terms into the admin."""

from django.urls import URLPattern, path
from wagtail import hooks

from glossaire.views.noms import NOMS, NomsView


@hooks.register("register_admin_urls")
def names_url() -> list[URLPattern]:
    return [path("glossaire/<int:page_id>/noms/", NomsView.as_view(), name=NOMS)]
