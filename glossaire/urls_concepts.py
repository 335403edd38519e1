"""Permanent addresses of the concepts, without a language."""

from django.urls import path, re_path

from glossaire.views import concepts

urlpatterns = [
    path("", concepts.concepts, name="concepts"),
    path("<slug:identifiant>/", concepts.concept, name="concept"),
    re_path(r"^(?P<identifiant>[-\w]+)\.(?P<extension>ttl|jsonld)$", concepts.donnees, name="concept_donnees"),
]
