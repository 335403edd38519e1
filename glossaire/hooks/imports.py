"""Wiring of the tables of terms that are imported."""

from django.http import HttpRequest
from django.urls import URLPattern, path, re_path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogActionRegistry

from glossaire.operations.ecriture_import import IMPORT
from glossaire.queries.imports import peut_importer
from glossaire.views.imports import TITRE, ImportsView, ImportView, modele


@hooks.register("register_admin_urls")
def import_urls() -> list[URLPattern]:
    return [
        path("glossaire/import/", ImportsView.as_view(), name="glossaire_imports"),
        path("glossaire/import/<int:import_id>/", ImportView.as_view(), name="glossaire_import"),
        re_path(r"^glossaire/import/modele\.(?P<extension>csv|xlsx)$", modele, name="glossaire_modele"),
    ]


class ImportsMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return peut_importer(request.user)


@hooks.register("register_reports_menu_item")
def imports() -> MenuItem:
    return ImportsMenuItem(TITRE, reverse("glossaire_imports"), name="import-termes", icon_name="upload", order=960)


@hooks.register("register_log_actions")
def log_actions(actions: LogActionRegistry) -> None:
    actions.register_action(IMPORT, "Import d’un tableau", "Modifié par l’import d’un tableau de termes")
