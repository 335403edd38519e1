"""Forms of the readings by the group."""

import datetime
from typing import Any

from django import forms
from wagtail.admin.widgets import AdminDateInput

from variantes.models.validation import LONGUEUR_NOTES, LecteurFalc, ValidationFalc
from variantes.operations.validation import Lecteur, Lecture

LIGNES = 8
LIGNES_AU_PLUS = 40


class LectureForm(forms.Form):
    """What is said of a reading."""

    groupe = forms.CharField(
        label="Groupe de relecture",
        max_length=160,
        help_text="Son nom est public : « Atelier lecture de l’ESAT des Tilleuls ».",
        error_messages={"required": "Donnez le nom du groupe."},
    )
    lue_le = forms.DateField(
        label="Lu le",
        widget=AdminDateInput,
        help_text="Le jour où le groupe a lu ce texte. Cette date est publique.",
        error_messages={"required": "Donnez le jour de la lecture.", "invalid": "Donnez une date, comme 12/05/2026."},
    )
    lieu = forms.CharField(label="Lieu", max_length=160, required=False, help_text="Pour l’équipe seulement.")
    notes = forms.CharField(
        label="Notes",
        max_length=LONGUEUR_NOTES,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Ce que le groupe a dit. Pour l’équipe seulement.",
    )

    @staticmethod
    def initial_de(validation: ValidationFalc | None) -> dict[str, Any]:
        names = ("groupe", "lue_le", "lieu", "notes")
        return {name: getattr(validation, name) for name in names} if validation else {}


class LecteurForm(forms.Form):
    """One person of the group."""

    nom = forms.CharField(label="Nom", max_length=120, required=False)
    nom_publie = forms.BooleanField(label="Accepte que son nom soit publié", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        number = (self.prefix or "").rpartition("-")[2]
        rank = int(number) + 1 if number.isdecimal() else ""
        self.fields["nom"].label = f"Nom de la personne {rank}".strip()
        self.fields["nom_publie"].label = f"La personne {rank} accepte que son nom soit publié".replace("  ", " ")


LecteursFormSet = forms.formset_factory(
    LecteurForm, extra=0, max_num=LIGNES_AU_PLUS, validate_max=True, absolute_max=LIGNES_AU_PLUS + 10
)


def initial_des_lecteurs(validation: ValidationFalc | None) -> list[dict[str, Any]]:
    """Return one row for each person known, and some empty ones."""
    known = validation.lecteurs.all() if validation else LecteurFalc.objects.none()
    rows: list[dict[str, Any]] = [{"nom": each.nom, "nom_publie": each.nom_publie} for each in known]
    return rows + [{} for _rank in range(max(LIGNES - len(rows), 2))]


def lecture_de(form: LectureForm, lecteurs: Any) -> Lecture:
    """Return what was filled in; rows without a name are left out."""
    rows = [row.cleaned_data for row in lecteurs if row.cleaned_data.get("nom")]
    lue_le: datetime.date = form.cleaned_data["lue_le"]
    return Lecture(
        groupe=form.cleaned_data["groupe"],
        lue_le=lue_le,
        lecteurs=[Lecteur(row["nom"], row["nom_publie"]) for row in rows],
        lieu=form.cleaned_data["lieu"],
        notes=form.cleaned_data["notes"],
    )
