"""Admin screens of the home app."""

from typing import Any, ClassVar

from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.snippets.views.snippets import SnippetViewSet

from home.models import MessageContact


class ReceivedPolicy(ModelPermissionPolicy):
    """Messages are received, never written by the team."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action != "add" and super().user_has_permission(user, action)


class MessageContactViewSet(SnippetViewSet):
    """The messages of the contact form: read, mark as dealt with, delete."""

    model = MessageContact
    icon = "mail"
    menu_label = "Messages reçus"
    menu_order = 630
    add_to_admin_menu = True
    copy_view_enabled = False
    inspect_view_enabled = True
    inspect_view_fields: ClassVar = ["recu_le", "sujet", "nom", "courriel", "message", "langue", "traite"]
    list_display: ClassVar = ["__str__", "courriel", "langue", "traite"]
    list_filter: ClassVar = ["traite", "sujet", "langue"]
    ordering: ClassVar = ["-recu_le"]
    form_fields: ClassVar = ["traite"]

    @property
    def permission_policy(self) -> ReceivedPolicy:
        return ReceivedPolicy(self.model)
