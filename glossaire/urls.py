"""Public addresses of the glossary, under the prefix of each language."""

from django.urls import path

from glossaire.views import exports, impression

urlpatterns = [
    path("glossaire/imprimer/", impression.imprimer, name="glossaire_imprimer"),
    path("glossaire/glossaire.csv", exports.glossaire_csv, name="glossaire_csv"),
    path("glossaire/glossaire.ttl", exports.glossaire_ttl, name="glossaire_ttl"),
    path("glossaire/glossaire.jsonld", exports.glossaire_jsonld, name="glossaire_jsonld"),
    path("glossaire/termes.json", exports.glossaire_json, name="glossaire_json"),
]
