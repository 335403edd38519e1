"""The form of the editor, for pages that have a text in FALC."""

from typing import Any

from django import forms
from wagtail.admin.forms import WagtailAdminPageForm

from socle.models import Vocabulaire


class EditeurForm(WagtailAdminPageForm):
    """Holds the fields that the version of the page has: the others are neither asked, nor checked, nor changed.

    Vocabularies are boxes to tick, in the language of the page.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None and self.parent_page is not None and self.parent_page.depth > 1:
            # Wagtail's preview of a page that was never saved leaves it in the default language.
            self.instance.locale_id = self.parent_page.locale_id
        for name in self.instance.get_edit_handler().champs_absents(self.instance):
            self.fields.pop(name, None)
            self.formsets.pop(name, None)
        for field in self.fields.values():
            terms = getattr(field, "queryset", None)
            if terms is not None and issubclass(terms.model, Vocabulaire):
                field.widget = forms.CheckboxSelectMultiple(choices=field.choices)
                field.queryset = terms.filter(locale_id=self.instance.locale_id)
