"""Forms of the desk."""

from typing import Any, cast

from django import forms
from django.conf import settings
from django.contrib.contenttypes.models import ContentType

from redaction.permissions import matrice
from redaction.queries.bureau import Filtres, etapes

AGES = ((3, "3 jours"), (7, "une semaine"), (14, "deux semaines"), (30, "un mois"))


class FiltresForm(forms.Form):
    """What to look for in a section; only the filters that the section knows."""

    q = forms.CharField(label="Titre", required=False, max_length=200)
    genre = forms.TypedChoiceField(label="Type de page", required=False, coerce=int, empty_value=None)
    langue = forms.ChoiceField(label="Langue", required=False, choices=[("", "Toutes"), *settings.LANGUAGES])
    etape = forms.TypedChoiceField(label="Étape", required=False, coerce=int, empty_value=None)
    age = forms.TypedChoiceField(
        label="Depuis au moins", required=False, coerce=int, empty_value=None, choices=[("", "Peu importe"), *AGES]
    )

    def __init__(self, *args: Any, user: Any, connus: frozenset[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = ContentType.objects.get_for_models(*matrice.pages).items()
        names = sorted((str(model._meta.verbose_name).capitalize(), kind.pk) for model, kind in kinds)
        genre, etape = cast("forms.ChoiceField", self.fields["genre"]), cast("forms.ChoiceField", self.fields["etape"])
        genre.choices = [("", "Tous"), *((pk, name) for name, pk in names)]
        etape.choices = [("", "Toutes"), *((one.pk, one.name) for one in etapes(user))]
        for name in set(self.fields) - connus:
            del self.fields[name]

    @property
    def filtres(self) -> Filtres:
        return Filtres(**self.cleaned_data) if self.is_valid() else Filtres()


class DecisionForm(forms.Form):
    """A decision on the revision that was on the screen."""

    etat = forms.IntegerField()
    revision = forms.IntegerField()
    action = forms.ChoiceField(choices=[("approve", "Approuver"), ("reject", "Demander des modifications")])
    comment = forms.CharField(required=False, max_length=2000)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("action") == "reject" and not data.get("comment"):
            self.add_error("comment", "Dites ce qui est à modifier.")
        return data
