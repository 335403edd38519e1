"""Forms of the pages to read again."""

import datetime

from django import forms
from wagtail.admin.widgets import AdminDateInput

from socle.dates import today


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
