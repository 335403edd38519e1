"""The screen of a concept: its permanent address, and the words around it."""

import csv
import json
from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from wagtail.admin.forms import WagtailAdminModelForm

from glossaire.models import Concept, TermePage
from glossaire.queries.concepts import COTES, NOMS_DES_COTES, nommes, titres, voisinage

PROPOSER = "glossaire_proposer"
AIDES = {
    "voisins": "Des mots proches, que l’on lit ensemble. Les voisins se voient des deux côtés.",
    "a_distinguer": "Des mots que l’on confond souvent avec celui-ci. Se voit des deux côtés.",
    "plus_larges": "Des mots dont celui-ci est une sorte ou une partie.",
    "plus_precis": "Des mots qui sont une sorte ou une partie de celui-ci.",
}


class MotsInput(forms.TextInput):
    """Several words of the glossary, which Wagtail's field of tags completes; without scripts, separated by commas."""

    template_name = "wagtailadmin/widgets/tag_widget.html"
    # What the field where one types is called: Wagtail gives it no name.
    libelle = "Ajouter un mot"

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["help_text"] = "Séparez les mots par des virgules. Le site propose ceux qu’il connaît."
        context["widget"]["attrs"] |= {
            "data-controller": "w-tag",
            "data-w-tag-delay-value": 200,
            "data-w-tag-url-value": reverse(PROPOSER),
            "data-w-tag-options-value": json.dumps(
                {"allowSpaces": True, "tagLimit": None, "autocompleteOnly": False, "placeholderText": self.libelle}
            ),
        }
        return context


class MotsField(forms.CharField):
    """Words of the glossary, under any of their names; cleaned into the keys of their concepts."""

    widget = MotsInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, max_length=5000, **kwargs)
        self.widget.libelle = str(self.label)

    def clean(self, value: Any) -> set[int]:
        texte = super().clean(value)
        try:
            (row,) = csv.reader([texte.replace("\n", " ")], skipinitialspace=True) if texte else ([],)
        except (csv.Error, ValueError) as error:
            raise ValidationError("Séparez les mots par des virgules.") from error
        textes = [mot for each in row if (mot := each.strip())]
        found = nommes(textes)
        if unknown := [f"« {mot} »" for mot in textes if not found[mot]]:
            raise ValidationError(f"Pas dans le glossaire : {', '.join(unknown)}. Ajoutez d’abord le mot.")
        if twice := [f"« {mot} »" for mot in textes if len(found[mot]) > 1]:
            raise ValidationError(f"Plusieurs mots portent ce nom : {', '.join(twice)}. Écrivez l’identifiant du bon.")
        return set().union(*found.values())


def ecrits(noms: Iterable[str]) -> str:
    return ", ".join(f'"{nom}"' if {",", " "} & set(nom) else nom for nom in noms)


class ConceptForm(WagtailAdminModelForm):  # type: ignore[misc]  # Wagtail has no types
    class Meta:
        model = Concept
        fields: ClassVar = ["identifiant"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if TermePage.objects.du_concept(self.instance.cle).live().exists():
            self.fields["identifiant"].disabled = True
            self.fields["identifiant"].help_text = "Le mot est public : son adresse permanente ne change plus."
        around = voisinage(self.instance)
        names = titres(around.tous())
        for cote in COTES:
            self.fields[cote] = MotsField(label=NOMS_DES_COTES[cote], help_text=AIDES[cote])
            self.initial[cote] = ecrits(names[each.pk] for each in around.concepts[cote])

    @property
    def relations(self) -> dict[str, set[int]]:
        return {cote: self.cleaned_data[cote] for cote in COTES}
