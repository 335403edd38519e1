"""Wiring of what readers say into the admin."""

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogActionRegistry

from variantes.operations.retours import EFFACER
from variantes.queries.retours import peut_voir
from variantes.views import retours_equipe as views


@hooks.register("register_admin_urls")
def reading_urls() -> list[URLPattern]:
    base, one = "rapports/retours-de-lecture/", "rapports/retours-de-lecture/<int:page_id>/"
    return [
        path(base, views.RetoursView.as_view(), name=views.INDEX),
        path(f"{base}lignes/", views.RetoursView.as_view(results_only=True), name="retours_lecture_lignes"),
        path(one, views.RetoursDePageView.as_view(), name=views.DETAIL),
        path(f"{one}lignes/", views.RetoursDePageView.as_view(results_only=True), name="retours_lecture_page_lignes"),
        path(f"{base}effacer/<int:pk>/", views.effacer, name=views.EFFACER),
    ]


class RetoursMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return peut_voir(request.user)


@hooks.register("register_reports_menu_item")
def reading_report() -> MenuItem:
    view = views.RetoursView
    return RetoursMenuItem(
        view.page_title, reverse(views.INDEX), name="retours-de-lecture", icon_name=view.header_icon, order=650
    )


@hooks.register("register_log_actions")
def reading_log(actions: LogActionRegistry) -> None:
    actions.register_action(EFFACER, "Effacer le commentaire d’un lecteur", "Commentaire effacé")
