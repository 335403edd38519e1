"""Forms of the guarded screens of wagtail-localize."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from wagtail.models import Locale
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.strings import StringValue, validate_translation_links


class TraduireTermeForm(forms.Form):
    """The language, then each text of a term or a menu: what has no draft is written whole, or not at all."""

    def __init__(
        self, *args: Any, locale: Locale, segments: list[StringSegmentValue], entier: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.segments = segments
        for rank, segment in enumerate(segments):
            riche = "<" in segment.string.data
            self.fields[f"texte-{rank}"] = forms.CharField(
                label=segment.string.data if riche else segment.string.render_text(),
                required=entier,
                max_length=2_000,
                widget=forms.TextInput(attrs={"lang": locale.language_code}),
                help_text="Gardez les balises entre chevrons." if riche else "",
                error_messages={
                    "required": "Traduisez ce texte aussi : sinon il se montrerait en français dans une autre langue."
                },
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for rank, segment in enumerate(self.segments):
            name = f"texte-{rank}"
            if "<" in segment.string.data and data.get(name):
                try:
                    StringValue.from_translated_html(data[name])
                    validate_translation_links(segment.string.data, data[name])
                except ValueError:
                    self.add_error(name, ValidationError("Les balises ne sont pas celles du texte français."))
        return data

    def textes(self) -> list[str]:
        """Return each translated text as wagtail-localize keeps it, empty where nothing was typed."""
        found = []
        for rank, segment in enumerate(self.segments):
            typed = self.cleaned_data[f"texte-{rank}"]
            riche = "<" in segment.string.data
            found.append(typed if riche or not typed else StringValue.from_plaintext(typed).data)
        return found
