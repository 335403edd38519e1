"""Forms about one date, or about all those of an event."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from evenements.calendrier import zone
from evenements.forms_admin.champs import HeureInput, JourInput
from evenements.models import Mode, Seance
from socle.models import Lieu


class MotifForm(forms.Form):
    """Why, in words that the people who registered and the readers of the page will read."""

    motif = forms.CharField(
        label="Pourquoi",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Une phrase simple. Elle est montrée sur la page, et envoyée aux personnes inscrites.",
        error_messages={"required": "Dites pourquoi : les personnes inscrites le liront."},
    )


class RetablirForm(forms.Form):
    """Nothing to say: it is held as planned."""


class PlacesForm(forms.Form):
    capacite = forms.IntegerField(
        label="Nombre de places à cette date",
        required=False,
        min_value=1,
        max_value=1_000_000,
        help_text="Vide : pas de limite. Si le nombre augmente, les premières personnes de la liste d’attente "
        "reçoivent une proposition.",
        error_messages={"min_value": "Il faut au moins une place. Laissez vide s’il n’y a pas de limite."},
    )


class DeplacerForm(forms.Form):
    """Another day, other hours, another place."""

    jour = forms.DateField(label="Nouveau jour", widget=JourInput)
    jour_fin = forms.DateField(
        label="Dernier jour", required=False, widget=JourInput, help_text="Vide : elle dure autant qu’avant."
    )
    heure_debut = forms.TimeField(label="De (heure)", required=False, widget=HeureInput)
    heure_fin = forms.TimeField(label="À (heure)", required=False, widget=HeureInput)
    mode = forms.ChoiceField(label="On se retrouve", choices=Mode, widget=forms.RadioSelect)
    lieu = forms.ModelChoiceField(label="Lieu", queryset=Lieu.objects.none(), required=False, empty_label="Comme avant")
    motif = forms.CharField(
        label="Pourquoi",
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Facultatif. La phrase est envoyée aux personnes inscrites, avec la nouvelle date.",
    )

    def __init__(self, *args: Any, seance: Seance, **kwargs: Any) -> None:
        here = zone(seance.evenement.fuseau)
        hours = {} if seance.journee_entiere else {"heure_debut": seance.debut, "heure_fin": seance.fin}
        kwargs["initial"] = {
            "jour": seance.jour,
            "jour_fin": seance.jour_fin if seance.jour_fin != seance.jour else None,
            "mode": seance.mode,
            "lieu": seance.lieu_id,
            **{name: moment.astimezone(here).time() for name, moment in hours.items()},
        }
        super().__init__(*args, **kwargs)
        places = Lieu.objects.actifs() | Lieu.objects.filter(pk=seance.lieu_id)
        self.fields["lieu"].queryset = places  # type: ignore[attr-defined]  # it is a choice of objects
        if not seance.evenement.recurrence:
            # The reason of a date that moves with its event would be that of an event which is not held.
            del self.fields["motif"]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        debut, fin = data.get("heure_debut"), data.get("heure_fin")
        if not {"heure_debut", "heure_fin"} & set(self.errors) and (debut is None) != (fin is None):
            missing = "heure_debut" if debut is None else "heure_fin"
            self.add_error(missing, ValidationError("Donnez l’heure du début et celle de la fin, ou aucune des deux."))
        jour, jour_fin = data.get("jour"), data.get("jour_fin")
        if jour and jour_fin and jour_fin < jour:
            self.add_error("jour_fin", ValidationError("Le dernier jour vient après le premier."))
        return data
