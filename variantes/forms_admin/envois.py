"""The form that sends pages to translation."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from wagtail.models import Locale, Page

from variantes.langues import nom_de_langue
from variantes.queries.gardes import langues_ouvertes


class LanguesField(forms.ModelMultipleChoiceField):
    """Languages by their French names, with what exists already."""

    existantes: frozenset[int] = frozenset()

    def label_from_instance(self, locale: Any) -> str:
        suffix = " (existe déjà)" if locale.pk in self.existantes else ""
        return f"{nom_de_langue(locale.language_code).capitalize()}{suffix}"


class EnvoyerForm(forms.Form):
    """Which languages, and whether the pages below come too. FALC is not one of them: it is written, not translated."""

    locales = LanguesField(
        label="Langues",
        queryset=Locale.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Choisissez au moins une langue.",
            "invalid_choice": "Cette langue ne peut pas être choisie pour cette page.",
            "invalid_pk_value": "Cette langue ne peut pas être choisie pour cette page.",
        },
    )
    avec_dessous = forms.BooleanField(label="", required=False)

    def __init__(self, *args: Any, page: Page, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        allowed = [locale.pk for locale in langues_ouvertes(user, page)]
        self.existantes = frozenset(
            Page.objects.filter(translation_key=page.translation_key, locale__in=allowed, alias_of=None).values_list(
                "locale_id", flat=True
            )
        )
        field = self.fields["locales"]
        field.queryset = self.ouvertes(allowed)  # type: ignore[attr-defined]  # of the field above
        field.existantes = self.existantes  # type: ignore[attr-defined]  # likewise
        count = page.get_descendant_count()
        if count:
            pages = "la page" if count == 1 else "les pages"
            self.fields["avec_dessous"].label = f"Avec {pages} en dessous ({count})"
        else:
            del self.fields["avec_dessous"]

    @staticmethod
    def ouvertes(keys: list[int]) -> QuerySet[Locale]:
        found: QuerySet[Locale] = Locale.objects.filter(pk__in=keys).order_by("pk")
        return found

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        chosen = list(data.get("locales") or ())
        if chosen and not data.get("avec_dessous") and all(locale.pk in self.existantes for locale in chosen):
            names = "cette langue" if len(chosen) == 1 else "ces langues"
            raise ValidationError(f"La page existe déjà dans {names}.")
        return data
