"""What the public asks of the glossary."""

from django import forms
from django.utils.translation import gettext_lazy as _


class TermesForm(forms.Form):
    """The filters of the list of terms for programs."""

    q = forms.CharField(
        required=False,
        max_length=200,
        error_messages={"max_length": _("« q » tient en 200 caractères au plus.")},
    )
    modifie_depuis = forms.DateField(
        required=False,
        input_formats=["%Y-%m-%d"],
        error_messages={"invalid": _("« modifie_depuis » est une date, par exemple 2026-01-31.")},
    )
