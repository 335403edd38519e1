"""Forms of what the team does with proposals."""

from typing import Any

from django import forms


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
