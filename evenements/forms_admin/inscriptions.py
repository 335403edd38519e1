"""Forms about those who register."""

import uuid
from typing import Any

from django import forms
from django.conf import settings

from evenements.models import Participant
from socle.accessibilite import Accessibilite
from socle.geographie import Departement

CHOISIR = ("", "Choisissez")


class InscrireForm(forms.Form):
    """Somebody who called or came to the team."""

    nom = forms.CharField(label="Nom", max_length=120)
    courriel = forms.EmailField(
        label="E-mail",
        required=False,
        help_text="Facultatif. Sans e-mail, la personne ne reçoit ni confirmation, ni rappel : prévenez-la vous-même.",
    )
    genre = forms.ChoiceField(label="Participe comme", choices=[CHOISIR, *Participant.choices])
    departement = forms.ChoiceField(
        label="Département", required=False, choices=[("", "Non précisé"), *Departement.choices]
    )
    structure = forms.CharField(label="Structure", required=False, max_length=160)
    langue = forms.ChoiceField(label="Langue des e-mails", choices=settings.LANGUAGES, initial=settings.LANGUAGE_CODE)
    remboursement = forms.BooleanField(label="Demande le remboursement du transport", required=False)
    besoins = forms.MultipleChoiceField(
        label="Besoins d’accessibilité",
        required=False,
        choices=Accessibilite.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text="Ce que la personne vous a dit. Seules les personnes responsables de la rencontre le liront.",
    )
    besoins_texte = forms.CharField(
        label="Autre besoin", required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )
    au_dela = forms.BooleanField(
        label="Inscrire même si c’est complet",
        required=False,
        help_text="Vous savez que la salle le permet. Sinon, la personne va sur la liste d’attente.",
    )


class SurPlaceForm(forms.Form):
    """Somebody who came without having registered."""

    nom = forms.CharField(label="Nom", max_length=120)
    genre = forms.ChoiceField(label="Participe comme", choices=[CHOISIR, *Participant.choices])


class EcrireForm(forms.Form):
    """A message to everybody who registered for a date."""

    sujet = forms.CharField(
        label="Sujet",
        max_length=120,
        help_text="Il s’affiche sur les écrans verrouillés : pas de nom de personne ni de sujet de santé.",
    )
    texte = forms.CharField(
        label="Message",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text="Le nom de la rencontre, sa date et le lien pour annuler sont ajoutés à la fin.",
    )
    avec_attente = forms.BooleanField(label="Écrire aussi à la liste d’attente", required=False)
    cle = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("cle", uuid.uuid4())

    def clean_sujet(self) -> str:
        return " ".join(str(self.cleaned_data["sujet"]).split())
