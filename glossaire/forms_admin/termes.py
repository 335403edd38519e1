"""The editor's form of a term."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from variantes.forms_admin.editeur import EditeurForm

VOCABULAIRES = ("thematiques", "natures", "contextes", "publics")


class TermeForm(EditeurForm):
    """Shows each vocabulary as boxes to tick, in the language of the page, and says which names are taken."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in VOCABULAIRES:
            if field := self.fields.get(name):
                field.widget = forms.CheckboxSelectMultiple(choices=field.choices)
                field.queryset = field.queryset.filter(locale_id=self.instance.locale_id)
        for name in ("autres_noms", "formes"):
            if field := self.fields.get(name):
                field.widget.attrs["rows"] = 3

    def _post_clean(self) -> None:
        super()._post_clean()
        if not self.errors:
            try:
                self.instance.refuser_les_noms_pris()
            except ValidationError as error:
                self.add_error(None, error)
