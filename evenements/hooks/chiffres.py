"""Wiring of the figures of the agenda into the admin."""

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from evenements.queries.chiffres import peut_lire_les_chiffres
from evenements.views.chiffres import TITRE, ChiffresView

CHIFFRES = "evenements_chiffres"


@hooks.register("register_admin_urls")
def figures_url() -> list[URLPattern]:
    return [path("rapports/agenda/", ChiffresView.as_view(), name=CHIFFRES)]


class ChiffresMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return peut_lire_les_chiffres(request.user)


@hooks.register("register_reports_menu_item")
def figures() -> MenuItem:
    return ChiffresMenuItem(TITRE, reverse(CHIFFRES), name="chiffres-agenda", icon_name="table", order=640)
