"""What a reader says of a page in FALC."""

from django import forms
from django.utils.translation import gettext_lazy as _

from socle.public_forms import PiegeMixin
from variantes.models.retours import LONGUEUR_COMMENTAIRE, Reponse


class RetourForm(PiegeMixin, forms.Form):
    """A face, and a few words for who has some."""

    reponse = forms.ChoiceField(
        label=_("Avez-vous compris cette page ?"),
        choices=Reponse.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choisissez une réponse."),
            "invalid_choice": _("Choisissez une des trois réponses."),
        },
    )
    commentaire = forms.CharField(
        label=_("Voulez-vous nous dire quelque chose ?"),
        help_text=_("Par exemple : un mot difficile. N’écrivez pas votre nom."),
        max_length=LONGUEUR_COMMENTAIRE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"max_length": _("Votre message est trop long : 500 lettres au plus.")},
    )
