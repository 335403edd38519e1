"""Public addresses of the language versions, under the prefix of each language."""

from django.urls import path

from variantes.views import absente

urlpatterns = [
    path("version/<int:page_id>/", absente.version, name="version"),
]
