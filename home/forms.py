"""The contact form."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from home.models import MessageContact
from socle.public_forms import PiegeMixin


class MessageForm(PiegeMixin, forms.ModelForm):  # type: ignore[type-arg]  # generic only in the stubs
    """A message to the team."""

    class Meta:
        model = MessageContact
        fields = ("nom", "courriel", "sujet", "message")
        labels = {
            "nom": _("Votre nom"),
            "courriel": _("Votre adresse e-mail"),
            "sujet": _("Votre message concerne"),
            "message": _("Votre message"),
        }
        help_texts = {
            "courriel": _("Pour vous répondre. Exemple : prenom@exemple.fr"),
            "message": _("N’écrivez pas d’information sur votre santé."),
        }
        widgets = {
            "nom": forms.TextInput(attrs={"autocomplete": "name"}),
            "courriel": forms.EmailInput(attrs={"autocomplete": "email"}),
            "message": forms.Textarea(attrs={"rows": 7}),
        }
        error_messages = {
            "courriel": {
                "required": _("Écrivez votre adresse e-mail, pour que nous puissions vous répondre."),
                "invalid": _("Cette adresse e-mail n’est pas complète. Exemple : prenom@exemple.fr"),
            },
            "sujet": {"required": _("Choisissez ce que votre message concerne.")},
            "message": {
                "required": _("Écrivez votre message."),
                "max_length": _("Votre message dépasse 5 000 caractères. Raccourcissez-le."),
            },
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sujet = self.fields["sujet"]
        sujet.choices = [("", _("Choisissez…")), *MessageContact.Sujet.choices]  # type: ignore[attr-defined]
