"""Wiring of the dates of review into the admin."""

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.models import PageLogEntry
from wagtail.permissions import page_permission_policy

from redaction.operations.fraicheur import TOUJOURS_VALABLE
from redaction.views.fraicheur import ARevoirView, ToujoursValableView


@hooks.register("register_admin_urls")
def freshness_urls() -> list[URLPattern]:
    return [
        path("rapports/a-revoir/", ARevoirView.as_view(), name="a_revoir"),
        path("rapports/a-revoir/lignes/", ARevoirView.as_view(results_only=True), name="a_revoir_lignes"),
        path("rapports/a-revoir/toujours-valable/", ToujoursValableView.as_view(), name="toujours_valable"),
    ]


class ARevoirMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(page_permission_policy.user_has_any_permission(request.user, {"change"}))


@hooks.register("register_reports_menu_item")
def freshness_report() -> MenuItem:
    return ARevoirMenuItem(ARevoirView.page_title, reverse("a_revoir"), icon_name=ARevoirView.header_icon, order=600)


@hooks.register("register_log_actions")
def freshness_log(actions: LogActionRegistry) -> None:
    @actions.register_action(TOUJOURS_VALABLE)
    class ToujoursValable(LogFormatter):
        label = "Toujours valable"

        def format_message(self, log_entry: PageLogEntry) -> str:
            return f"Toujours valable : {log_entry.data['note']}"
