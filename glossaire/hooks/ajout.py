"""Wiring of the form of a new term."""

from django.urls import URLPattern, path
from wagtail import hooks

from glossaire.queries.ajout import AJOUTER
from glossaire.views.ajout import AjouterView


@hooks.register("register_admin_urls")
def new_term_url() -> list[URLPattern]:
    return [path("glossaire/ajouter/<int:parent_page_id>/", AjouterView.as_view(), name=AJOUTER)]
