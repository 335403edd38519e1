"""Permanent addresses of the concepts, without a language."""

from django.urls import path, re_path

from glossaire.views import adresses

urlpatterns = [
    path("", adresses.concepts, name="concepts"),
    path("<slug:identifiant>/", adresses.concept, name="concept"),
    re_path(r"^(?P<identifiant>[-\w]+)\.(?P<extension>ttl|jsonld)$", adresses.donnees, name="concept_donnees"),
]
