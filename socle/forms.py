"""Forms of the foundation."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class ConnusField(forms.Field):
    """Keeps the known values of a filter and remembers that there were others."""

    # Reads every value of the query string.
    widget = forms.MultipleHiddenInput

    def __init__(self, choices: Iterable[tuple[str, str]]) -> None:
        super().__init__(required=False)
        self.connues = {value for value, _name in choices}
        self.inconnues = False

    def clean(self, value: Any) -> list[str]:
        chosen = list(dict.fromkeys(str(item) for item in value or ()))
        known = [item for item in chosen if item in self.connues]
        self.inconnues = len(known) < len(chosen)
        return known


class RechercheForm(forms.Form):
    """What to look for in the whole site, under which filters."""

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

    def __init__(self, *args: Any, choix: Mapping[str, list[tuple[str, str]]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choix = choix
        for facette, options in choix.items():
            self.fields[facette] = ConnusField(options)

    def valeurs(self) -> dict[str, tuple[str, ...]]:
        """The filters that could be understood; call after validation."""
        return {facette: tuple(self.cleaned_data.get(facette) or ()) for facette in self.choix}

    def erreurs(self) -> list[str]:
        """What could not be understood, one sentence each."""
        self.is_valid()
        found = [str(message) for messages in self.errors.values() for message in messages]
        if any(self.fields[facette].inconnues for facette in self.choix):  # type: ignore[attr-defined]
            found.append(str(_("Un filtre de cette adresse n’existe pas ; il n’est pas appliqué.")))
        return found
