"""Wiring of the operations of the moderation into the admin: addresses, buttons, words of the history."""

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, path, reverse
from wagtail import hooks
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.models import Page

from redaction.models.relecture import APPROBATION
from redaction.queries.moderation import operations_de
from redaction.roles import Cote
from redaction.views.moderation import VIEWS


def adresse(operation: str, page: Page) -> str:
    return reverse(f"redaction_{operation}", args=[page.pk])


def proposees(page: Page, user: Any) -> list[str]:
    """Return the operations worth a button: Wagtail has its own for superusers, and for drafts."""
    granted = operations_de(user, page)
    if not granted or user.is_superuser:
        return []
    drafted = page.has_unpublished_changes and page.latest_revision_id != page.live_revision_id
    public_once = page.live or page.first_published_at is not None
    deletable = not public_once and page.permissions_for_user(user).can_delete()
    shown = {
        "depublier": page.live,
        "restreindre": True,
        "deplacer": not deletable,
        "supprimer": not deletable,
        "corriger": drafted,
    }
    return [operation for operation in VIEWS if operation in granted and shown[operation]]


@hooks.register("register_admin_urls")
def operation_urls() -> list[URLPattern]:
    return [
        path(f"moderation/pages/<int:page_id>/{operation}/", view.as_view(), name=f"redaction_{operation}")
        for operation, view in VIEWS.items()
    ]


def _buttons(page: Page, user: Any) -> Iterator[Button]:
    for rank, operation in enumerate(proposees(page, user)):
        view = VIEWS[operation]
        yield Button(view.page_title, adresse(operation, page), icon_name=view.header_icon, priority=80 + rank)


@hooks.register("register_page_listing_more_buttons")
def listing_buttons(page: Page, user: Any, next_url: str | None = None) -> Iterator[Button]:
    return _buttons(page, user)


@hooks.register("register_page_header_buttons")
def header_buttons(page: Page, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    return _buttons(page, user)


class OperationMenuItem(ActionMenuItem):
    """An operation in the menu of the editor."""

    def __init__(self, operation: str, order: int) -> None:
        super().__init__(order)
        self.operation = operation
        self.name = f"redaction-{operation}"
        self.label = VIEWS[operation].page_title
        self.icon_name = VIEWS[operation].header_icon

    def is_shown(self, context: dict[str, Any]) -> bool:
        return context["view"] == "edit" and self.operation in proposees(context["page"], context["request"].user)

    def get_url(self, parent_context: dict[str, Any]) -> str:
        return adresse(self.operation, parent_context["page"])


@hooks.register("register_page_action_menu_item")
def urgent_publication() -> ActionMenuItem:
    return OperationMenuItem("corriger", order=70)


@hooks.register("register_page_action_menu_item")
def unpublication() -> ActionMenuItem:
    return OperationMenuItem("depublier", order=80)


class MotifFormatter(LogFormatter):
    """An operation, with its reason as the comment."""

    def format_comment(self, log_entry: Any) -> str:
        return str(log_entry.data.get("motif", ""))


JOURNAL = {
    "depublication": ("Dépublier (modération)", "Dépubliée par la modération"),
    "restriction": ("Changer l’accès (modération)", "Accès changé par la modération"),
    "deplacement": ("Déplacer (modération)", "Déplacée par la modération"),
    "suppression": ("Supprimer (modération)", "Supprimée par la modération"),
    "urgence": ("Publier en urgence (modération)", "Publiée en urgence, sans attendre la relecture"),
}


class ApprobationFormatter(LogFormatter):
    """One side approved: who, and which."""

    label = "Approuver (relecture en binôme)"

    def format_message(self, log_entry: Any) -> str:
        side = Cote(log_entry.data["cote"]).label.lower()
        return f"Approuvée par {log_entry.data['nom']} ({side})"

    def format_comment(self, log_entry: Any) -> str:
        return str(log_entry.data.get("comment", ""))


@hooks.register("register_log_actions")
def log_actions(actions: LogActionRegistry) -> None:
    actions.register_action(APPROBATION)(ApprobationFormatter)
    for action, (label, message) in JOURNAL.items():
        formatter = type(action.title(), (MotifFormatter,), {"label": label, "message": message})
        actions.register_action(f"redaction.{action}")(formatter)
