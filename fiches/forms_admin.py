"""The editor's form of a resource."""

from typing import Any

from django import forms

from variantes.forms_admin.editeur import EditeurForm

VOCABULAIRES = ("publics", "contextes", "natures", "echelles", "niveaux", "thematiques")


class FicheForm(EditeurForm):
    """Shows each vocabulary as boxes to tick, in the language of the page."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in VOCABULAIRES:
            if field := self.fields.get(name):
                field.widget = forms.CheckboxSelectMultiple(choices=field.choices)
                field.queryset = field.queryset.filter(locale_id=self.instance.locale_id)
