"""The editor's form of a resource."""

from typing import Any

from django import forms
from wagtail.admin.forms import WagtailAdminPageForm

VOCABULAIRES = ("publics", "contextes", "natures", "echelles", "niveaux", "thematiques")


class FicheForm(WagtailAdminPageForm):
    """Shows each vocabulary as boxes to tick, in the language of the page."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None and self.parent_page is not None:
            # Wagtail's preview of a page that was never saved leaves it in the default language.
            self.instance.locale_id = self.parent_page.locale_id
        for name in VOCABULAIRES:
            if field := self.fields.get(name):
                field.widget = forms.CheckboxSelectMultiple(choices=field.choices)
                field.queryset = field.queryset.filter(locale_id=self.instance.locale_id)
