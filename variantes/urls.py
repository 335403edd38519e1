"""Public addresses of the language versions, under the prefix of each language."""

from django.urls import path

from variantes.views import a_cote, absente, retours

urlpatterns = [
    path("avis/<int:page_id>/merci/", retours.merci, name="avis_merci"),
    path("avis/<int:page_id>/<slug:reponse>/", retours.avis, name="avis"),
    path("francais-a-cote/<int:page_id>/", a_cote.a_cote, name="a_cote"),
    path("version/<int:page_id>/", absente.version, name="version"),
]
