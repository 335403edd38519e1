"""The editor's form of a term."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from variantes.forms_admin.editeur import EditeurForm


class LignesArea(forms.Textarea):
    """Lines, each counted as it is read: a browser sends two characters for the end of one."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        value = super().value_from_datadict(data, files, name)
        return "\n".join(ligne for each in value.splitlines() if (ligne := " ".join(each.split()))) if value else value


class UneLigneInput(forms.TextInput):
    """One line, however it was pasted."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        value = super().value_from_datadict(data, files, name)
        return " ".join(value.split()) if value else value


class TermeForm(EditeurForm):
    """Says which names are taken."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if definition := self.fields.get("definition"):
            definition.widget = UneLigneInput(attrs={"maxlength": definition.max_length})
            if self.instance.en_falc:
                definition.widget = LignesArea(attrs={"rows": 3, "maxlength": definition.max_length})
                definition.help_text = "Une phrase courte par ligne. 300 signes au plus."
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
