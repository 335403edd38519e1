"""Forms of the foundation."""

from django import forms
from django.utils.translation import gettext_lazy as _


class RechercheForm(forms.Form):
    """What to look for in the whole site."""

    q = forms.CharField(
        label=_("Que cherchez-vous ?"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"type": "search", "enterkeyhint": "search"}),
        error_messages={"max_length": _("Votre recherche est trop longue : 200 caractères au plus.")},
    )
    page = forms.IntegerField(
        min_value=1,
        max_value=10_000,
        required=False,
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"), _("Cette page n’existe pas. Voici la première.")
        ),
    )
