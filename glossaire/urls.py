"""Public addresses of the glossary, under the prefix of each language."""

from django.urls import path

from glossaire.views import impression

urlpatterns = [
    path("glossaire/imprimer/", impression.imprimer, name="glossaire_imprimer"),
]
