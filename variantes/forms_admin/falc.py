"""Forms of the versions in FALC."""

from django import forms

from variantes.operations.falc import Depart


class CreerVersionForm(forms.Form):
    """What the text of a new version starts from."""

    depart = forms.TypedChoiceField(
        label="Commencer avec",
        choices=Depart.choices,
        coerce=Depart,
        initial=Depart.FRANCAIS,
        widget=forms.RadioSelect,
        help_text="Le FALC n’est pas une traduction : changez l’ordre, enlevez, ajoutez des images. Rien n’est public.",
        error_messages={
            "required": "Choisissez avec quoi commencer.",
            "invalid_choice": "Choisissez l’une des deux façons de commencer.",
        },
    )
