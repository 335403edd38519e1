"""What a person chooses in her account: when the team writes to her."""

from typing import Any, ClassVar

from django import forms
from django.utils.decorators import method_decorator
from django.views.decorators.cache import cache_control
from wagtail.admin.auth import require_admin_access
from wagtail.admin.forms.account import NotificationPreferencesForm
from wagtail.admin.views.account import (
    AccountView,
    BaseSettingsPanel,
    NotificationsSettingsPanel,
    notifications_tab,
)

from redaction.models import Rythme
from redaction.operations.notifications import choisir_rythme
from redaction.queries.notifications import rythmes


class RythmeForm(forms.Form):
    """How often a person is told; she herself is the instance."""

    rythme = forms.ChoiceField(
        label="M’écrire quand une page ou une proposition m’attend ou change d’état",
        choices=Rythme.choices,
        widget=forms.RadioSelect,
        help_text="Chaque message donne le titre de la page et un lien, rien d’autre.",
    )

    def __init__(self, *args: Any, instance: Any, **kwargs: Any) -> None:
        self.user = instance
        kwargs["initial"] = {"rythme": rythmes({instance.pk}).get(instance.pk, Rythme.IMMEDIAT)}
        super().__init__(*args, **kwargs)

    def save(self) -> None:
        choisir_rythme(self.user, self.cleaned_data["rythme"])


class RythmePanel(BaseSettingsPanel):
    name = "rythme"
    title = "Messages de l’équipe"
    tab = notifications_tab
    order = 50
    form_class = RythmeForm


class CommentairesForm(NotificationPreferencesForm):
    """Wagtail's own choices, less those of the mails that it no longer sends."""

    class Meta(NotificationPreferencesForm.Meta):
        fields: ClassVar = ["updated_comments_notifications"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        forms.ModelForm.__init__(self, *args, **kwargs)


class CommentairesPanel(NotificationsSettingsPanel):
    title = "Commentaires"
    form_class = CommentairesForm


@method_decorator([cache_control(private=True), require_admin_access], name="dispatch")
class CompteView(AccountView):
    """Wagtail's account page, with our notifications."""

    def get_panels(self) -> list[BaseSettingsPanel]:
        mine = {NotificationsSettingsPanel: CommentairesPanel}
        return [
            mine[type(panel)](panel.request, panel.user, panel.profile) if type(panel) in mine else panel
            for panel in super().get_panels()
        ]
