"""A meeting that someone outside the team proposes."""

import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from evenements.models import Mode
from redaction.forms import PropositionForm
from redaction.operations.propositions import Depot
from redaction.propositions import Genre
from socle.dates import months_later, today

# As they are kept with the proposal, and read there by the team.
JOUR, HEURE = "%d/%m/%Y", "%H:%M"
MOIS_AU_PLUS = 36


def _date(**attrs: str) -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date", **attrs}, format="%Y-%m-%d")


def _heure(label: Any) -> forms.TimeField:
    return forms.TimeField(
        label=label,
        required=False,
        input_formats=["%H:%M", "%H:%M:%S"],
        widget=forms.TimeInput(attrs={"type": "time"}, format=HEURE),
        error_messages={"invalid": _("Cette heure n’existe pas. Exemple : 14:30")},
    )


class PropositionEvenementForm(PropositionForm):
    """What it is for, when, where and who organises; the team writes the rest with them."""

    titre = forms.CharField(
        label=_("Titre de la rencontre"),
        help_text=_("Exemple : Café du partenariat à Saint-Denis."),
        max_length=200,
        error_messages={
            "required": _("Donnez un titre à la rencontre."),
            "max_length": _("Ce titre dépasse 200 caractères. Raccourcissez-le."),
        },
    )
    resume = forms.CharField(
        label=_("À quoi sert cette rencontre, et pour qui ?"),
        help_text=_("Une ou deux phrases."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": _("Dites à quoi sert la rencontre."),
            "max_length": _("Ce texte dépasse 300 caractères. Raccourcissez-le."),
        },
    )
    texte = forms.CharField(
        label=_("Ce qui s’y passe"),
        help_text=_("Le programme, qui anime, combien de personnes. Si vous le savez déjà."),
        max_length=10_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 7}),
        error_messages={"max_length": _("Votre texte dépasse 10 000 caractères. Raccourcissez-le.")},
    )
    jour = forms.DateField(
        label=_("Quel jour ?"),
        help_text=_("Si la date n’est pas choisie, donnez celle qui vous irait le mieux. Exemple : 03/06/2027"),
        input_formats=["%Y-%m-%d", JOUR],
        widget=_date(),
        error_messages={
            "required": _("Donnez une date, même si elle peut changer."),
            "invalid": _("Cette date n’existe pas. Exemple : 03/06/2027"),
        },
    )
    heure_debut = _heure(_("De quelle heure"))
    heure_fin = _heure(_("À quelle heure"))
    dates = forms.CharField(
        label=_("Autres dates"),
        help_text=_("Par exemple : ou le 10 juin ; puis tous les mois."),
        max_length=300,
        required=False,
        error_messages={"max_length": _("Ce texte dépasse 300 caractères. Raccourcissez-le.")},
    )
    mode = forms.ChoiceField(
        label=_("Sur place ou en ligne ?"),
        choices=Mode.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Dites si la rencontre est sur place ou en ligne."),
            "invalid_choice": _("Choisissez une réponse de la liste."),
        },
    )
    lieu = forms.CharField(
        label=_("À quel endroit ?"),
        help_text=_("Le nom du lieu et la ville. Laissez vide si tout se passe en ligne, ou si vous cherchez un lieu."),
        max_length=300,
        required=False,
        error_messages={"max_length": _("Ce texte dépasse 300 caractères. Raccourcissez-le.")},
    )
    organisateur = forms.CharField(
        label=_("Qui organise ?"),
        help_text=_("Le nom de votre association, de votre établissement ou de votre service. Il peut être publié."),
        max_length=160,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
        error_messages={
            "required": _("Dites qui organise la rencontre."),
            "max_length": _("Ce nom est trop long : 160 caractères au plus."),
        },
    )

    def clean_jour(self) -> datetime.date:
        day: datetime.date = self.cleaned_data["jour"]
        if day < today():
            raise forms.ValidationError(_("Ce jour est passé. Donnez une date à venir."))
        if day > months_later(today(), MOIS_AU_PLUS):
            raise forms.ValidationError(_("Ce jour est trop loin : trois ans au plus."))
        return day

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        start, end = given.get("heure_debut"), given.get("heure_fin")
        if {"heure_debut", "heure_fin"} & self.errors.keys():
            return given
        if (start is None) != (end is None):
            missing = "heure_fin" if end is None else "heure_debut"
            self.add_error(missing, _("Donnez l’heure du début et celle de la fin, ou aucune des deux."))
        elif start is not None and end is not None and end <= start:
            self.add_error("heure_fin", _("L’heure de fin vient après celle du début."))
        return given

    def depot(self, genre: Genre, langue: str) -> Depot:
        """What was sent, days and hours as people write them."""
        made = super().depot(genre, langue)
        for name, pattern in (("jour", JOUR), ("heure_debut", HEURE), ("heure_fin", HEURE)):
            if self.cleaned_data.get(name):
                made.details[name] = self.cleaned_data[name].strftime(pattern)
        return made
