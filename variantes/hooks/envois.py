"""Wiring of the pages sent to translation."""

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from variantes.queries.gardes import suit_les_traductions
from variantes.views.envois import TITRE, EnvoisView, EnvoiView


@hooks.register("register_admin_urls")
def sending_urls() -> list[URLPattern]:
    return [
        path("traductions/envois/", EnvoisView.as_view(), name="variantes_envois"),
        path("traductions/envois/<int:envoi_id>/", EnvoiView.as_view(), name="variantes_envoi"),
    ]


class EnvoisMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return suit_les_traductions(request.user)


@hooks.register("register_reports_menu_item")
def sendings() -> MenuItem:
    address = reverse("variantes_envois")
    return EnvoisMenuItem(TITRE, address, name="envois", icon_name="wagtail-localize-language", order=910)
