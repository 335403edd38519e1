"""Wiring of the age of the language versions into the admin."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.models import PageLogEntry

from variantes.operations.fraicheur import PRISE_EN_COMPTE, TOUJOURS_VALABLE
from variantes.queries.grille import peut_voir
from variantes.views.avis import prevenir
from variantes.views.fraicheur import TITRE, ChangementsView, GrilleView, PriseEnCompteView, ToujoursValableView


@hooks.register("register_admin_urls")
def freshness_urls() -> list[URLPattern]:
    return [
        path("variantes/", GrilleView.as_view(), name="variantes"),
        path("variantes/toujours-valable/", ToujoursValableView.as_view(), name="variantes_toujours_valable"),
        path("variantes/prise-en-compte/", PriseEnCompteView.as_view(), name="variantes_prise_en_compte"),
        path("variantes/<int:page_id>/changements/", ChangementsView.as_view(), name="variantes_changements"),
    ]


class VariantesMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return peut_voir(request.user)


@hooks.register("register_admin_menu_item")
def grid_menu_item() -> MenuItem:
    return VariantesMenuItem(TITRE, reverse("variantes"), name="variantes", icon_name=GrilleView.header_icon, order=60)


# Before the editor of translations, which answers in the place of Wagtail's.
@hooks.register("before_edit_page", order=-20)
def tell_of_the_new_french_text(request: HttpRequest, page: Any) -> None:
    prevenir(request, page)


@hooks.register("register_log_actions")
def freshness_log(actions: LogActionRegistry) -> None:
    @actions.register_action(TOUJOURS_VALABLE)
    class ToujoursValable(LogFormatter):
        label = "Toujours valable pour la page en français"

        def format_message(self, log_entry: PageLogEntry) -> str:
            return f"Toujours valable pour la page en français : {log_entry.data['note']}"

    @actions.register_action(PRISE_EN_COMPTE)
    class PriseEnCompte(LogFormatter):
        label = "Nouvelle version en français prise en compte"
        message = "Le brouillon tient compte de la nouvelle version en français"
