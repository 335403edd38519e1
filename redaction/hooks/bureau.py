"""Wiring of the desk into the admin."""

from functools import partial
from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from wagtail import hooks
from wagtail.admin.action_menu import SubmitForModerationMenuItem
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.home import UserObjectsInWorkflowModerationPanel, WorkflowObjectsToModeratePanel
from wagtail.models import WorkflowState

from redaction import roles
from redaction.bureau import sections_de
from redaction.menus import MENUS, roles_de, utile
from redaction.views.accueil import panneaux
from redaction.views.bureau import TITRE, TITRE_SANS_RELECTURE, BureauView, ComparerView, titre


@hooks.register("register_admin_urls")
def bureau_urls() -> list[URLPattern]:
    return [
        path("moderation/", BureauView.as_view(), name="bureau"),
        path("moderation/comparer/<int:page_id>/", ComparerView.as_view(), name="bureau_comparer"),
        path("moderation/<slug:cle>/", BureauView.as_view(), name="bureau_section"),
    ]


class BureauMenuItem(MenuItem):
    """The same place under the name that says what a person finds there."""

    def is_shown(self, request: HttpRequest) -> bool:
        sections = sections_de(request.user)
        return bool(sections) and titre(sections) == self.label


@hooks.register("register_admin_menu_item")
def bureau_menu_item() -> MenuItem:
    return BureauMenuItem(TITRE, reverse("bureau"), name="moderation", icon_name="clipboard-list", order=50)


@hooks.register("register_admin_menu_item")
def mes_pages_menu_item() -> MenuItem:
    return BureauMenuItem(TITRE_SANS_RELECTURE, reverse("bureau"), name="mes-pages", icon_name="upload", order=50)


def hide_useless(menu: str, request: HttpRequest, menu_items: list[Any]) -> None:
    menu_items[:] = [item for item in menu_items if utile(menu, item.name, request.user)]


for menu in MENUS:
    hooks.register(f"construct_{menu}_menu", partial(hide_useless, menu))


@hooks.register("construct_homepage_panels")
def our_panels(request: HttpRequest, panels: list[Any]) -> None:
    # Ours say the same and more, at a cost that does not grow.
    theirs = (UserObjectsInWorkflowModerationPanel, WorkflowObjectsToModeratePanel)
    panels[:] = [*panneaux(request.user), *(panel for panel in panels if not isinstance(panel, theirs))]


@hooks.register("construct_homepage_summary_items", order=1000)
def hide_summary(request: HttpRequest, summary_items: list[Any]) -> None:
    # How many pages there are helps nobody who writes or reviews them.
    if not request.user.is_superuser and roles.ADMINISTRATION not in roles_de(request.user):
        summary_items.clear()


class EnvoyerMenuItem(SubmitForModerationMenuItem):
    """Wagtail's button, whose words say what happens and not the name of the workflow."""

    def get_context_data(self, parent_context: Any) -> Any:
        context = super().get_context_data(parent_context)
        page = context.get("page")
        state = page.current_workflow_state if page else None
        again = state and state.status == WorkflowState.STATUS_NEEDS_CHANGES
        return {**context, "label": "Renvoyer en relecture" if again else "Envoyer en relecture"}


@hooks.register("construct_page_action_menu")
def say_what_sending_does(menu_items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    menu_items[:] = [
        EnvoyerMenuItem(item.order) if type(item) is SubmitForModerationMenuItem else item for item in menu_items
    ]
