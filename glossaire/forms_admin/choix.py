"""What the chooser of terms is asked."""

from typing import Any

from django import forms
from wagtail.admin.forms.choosers import BaseFilterForm


class ChoixForm(BaseFilterForm):  # type: ignore[misc]  # Wagtail has no types
    """Words to look for among all the names of the terms."""

    q = forms.CharField(
        label="Chercher un mot",
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"placeholder": "Un mot, un sigle, un autre nom", "autocomplete": "off"}),
    )

    def filter(self, objects: Any) -> Any:
        objects = super().filter(objects)
        if texte := self.cleaned_data.get("q"):
            self.is_searching = True
            self.search_query = texte
            objects = objects.portant(texte)
        return objects


class DepuisForm(forms.Form):
    """The page from which a term is chosen: one that is being changed, or the one under which another is added."""

    page = forms.IntegerField(required=False, min_value=1, max_value=2_147_483_647)
