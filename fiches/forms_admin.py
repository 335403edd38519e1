"""The editor's form of a resource."""

from typing import Any

from django import forms
from wagtail.admin.forms import WagtailAdminPageForm

from redaction.queries.bureau import suit

REFERENCEMENT = ("slug", "seo_title", "search_description", "image_partage")
VOCABULAIRES = ("publics", "contextes", "natures", "echelles", "niveaux", "thematiques")


class FicheForm(WagtailAdminPageForm):
    """Shows each vocabulary as boxes to tick, in the language of the page.

    Who writes only her own resources is not asked how search engines show them: the address comes from the title.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None and self.parent_page is not None:
            # Wagtail's preview of a page that was never saved leaves it in the default language.
            self.instance.locale_id = self.parent_page.locale_id
        if self.for_user is not None and not suit(self.for_user):
            for name in REFERENCEMENT:
                self.fields.pop(name, None)
        for name in VOCABULAIRES:
            if field := self.fields.get(name):
                field.widget = forms.CheckboxSelectMultiple(choices=field.choices)
                field.queryset = field.queryset.filter(locale_id=self.instance.locale_id)
