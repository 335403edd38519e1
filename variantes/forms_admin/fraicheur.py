"""Forms of the grid of the language versions."""

from typing import Any, cast

from django import forms
from django.conf import settings
from django.contrib.contenttypes.models import ContentType

from redaction.permissions import matrice
from variantes.queries.grille import Etat, Filtres, Source

TRIS = (("", "Titre"), ("arbre", "Place dans le site"))
AUTRES_LANGUES = [(code, nom) for code, nom in settings.LANGUAGES if code != settings.LANGUAGE_CODE]


class FiltresForm(forms.Form):
    """What to look for in the grid; what makes no sense is said beside the field, and then nothing is filtered."""

    q = forms.CharField(label="Titre", required=False, max_length=200)
    genre = forms.TypedChoiceField(label="Type de page", required=False, coerce=int, empty_value=None)
    source = forms.ChoiceField(label="Pages en français", required=False, choices=[("", "Toutes"), *Source.choices])
    langue = forms.ChoiceField(label="Langue", required=False, choices=[("", "Toutes"), *AUTRES_LANGUES])
    etat = forms.ChoiceField(label="État", required=False, choices=[("", "Tous"), *Etat.choices])
    retard = forms.IntegerField(label="En retard depuis plus de (jours)", required=False, min_value=0, max_value=3650)
    tri = forms.ChoiceField(label="Trier par", required=False, choices=TRIS)
    miennes = forms.BooleanField(label="Mes pages seulement", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = ContentType.objects.get_for_models(*matrice.pages).items()
        names = sorted((str(model._meta.verbose_name).capitalize(), kind.pk) for model, kind in kinds)
        genre = cast("forms.ChoiceField", self.fields["genre"])
        genre.choices = [("", "Tous"), *((pk, name) for name, pk in names)]

    @property
    def filtres(self) -> Filtres:
        return Filtres(**self.cleaned_data) if self.is_valid() else Filtres()


class NoteForm(forms.Form):
    """Why a variant still holds."""

    note = forms.CharField(
        label="Note",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=500,
        help_text="Ce que vous avez vérifié. La note s’ajoute à l’historique de chaque page.",
    )
