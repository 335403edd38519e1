"""Forms of the review and of the proposals, for the admin."""

import datetime
from typing import Any

from django import forms
from wagtail.admin.widgets import AdminDateInput

from socle.dates import today


class MotifForm(forms.Form):
    """What must change: whoever wrote the page reads it."""

    comment = forms.CharField(
        label="Ce qui est à modifier",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
    )


class ToujoursValableForm(forms.Form):
    """Why a text still holds, and until when."""

    note = forms.CharField(
        label="Note",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=500,
        help_text="Ce que vous avez vérifié. La note s’ajoute à l’historique de chaque page.",
    )
    prochaine = forms.DateField(
        label="À revoir le",
        required=False,
        widget=AdminDateInput,
        help_text="Vide : le délai habituel du type de page.",
    )

    def clean_prochaine(self) -> datetime.date | None:
        day: datetime.date | None = self.cleaned_data["prochaine"]
        if day and day <= today():
            raise forms.ValidationError("Choisissez une date à venir.")
        return day


class GesteForm(forms.Form):
    """What goes with a decision on a proposal: a text, or nothing at all."""

    texte = forms.CharField(widget=forms.Textarea(attrs={"rows": 6}), max_length=2000)

    def __init__(self, *args: Any, libelle: str, aide: str, obligatoire: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not libelle:
            del self.fields["texte"]
            return
        field = self.fields["texte"]
        field.label, field.help_text, field.required = libelle, aide, obligatoire
