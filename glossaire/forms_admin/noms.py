"""The names of a term in the language into which it is translated."""

from typing import Any

from django import forms
from django.forms.models import fields_for_model

from glossaire.models import TermePage
from glossaire.models.pages import PROPRES_A_LA_LANGUE


class NomsForm(forms.Form):
    """The fields that each language has of its own, with those of the French term beside them."""

    # What was on the screen: somebody else may have written since.
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=2_147_483_647)

    def __init__(self, *args: Any, terme: TermePage, francais: TermePage | None, **kwargs: Any) -> None:
        names = {name: getattr(terme, name) for name in PROPRES_A_LA_LANGUE}
        kwargs["initial"] = {**names, "revision": terme.latest_revision_id, **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        for name, field in fields_for_model(TermePage, PROPRES_A_LA_LANGUE).items():
            if isinstance(field.widget, forms.Textarea):
                field.widget.attrs["rows"] = 3
            if isinstance(field, forms.CharField):
                field.widget.attrs |= {"lang": terme.locale.language_code, "dir": "auto"}
            field.label = str(field.label)[:1].upper() + str(field.label)[1:]
            if francais is not None and (said := affiche(francais, name)):
                field.help_text = f"{field.help_text} En français : {said}.".strip()
            self.fields[name] = field

    @property
    def noms(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in PROPRES_A_LA_LANGUE}


def affiche(page: TermePage, name: str) -> str:
    """What a field says, on one line."""
    display = getattr(page, f"get_{name}_display", None)
    return ", ".join(str(display() if display else getattr(page, name)).splitlines())
