"""Wiring of the chooser of pictograms into the admin."""

from django.urls import URLPattern, path
from wagtail import hooks

from variantes.views.pictogrammes import ChoisirView, ResultatsView


@hooks.register("register_admin_urls")
def pictogram_urls() -> list[URLPattern]:
    return [
        path("pictogrammes/choisir/", ChoisirView.as_view(), name="pictogrammes_choisir"),
        path("pictogrammes/choisir/resultats/", ResultatsView.as_view(), name="pictogrammes_resultats"),
    ]
