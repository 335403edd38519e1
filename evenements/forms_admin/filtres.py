"""Filters of the lists of the team: what makes no sense is said beside its field, and then nothing is filtered."""

from django import forms

from evenements.models import EtatInscription, GenreEvenement, Participant, StatutEvenement
from evenements.queries.equipe import A_VENIR, PASSES, TOUS, FiltresEquipe
from evenements.queries.inscrits import TRIS, FiltresInscrits

PERIODES = ((A_VENIR, "À venir"), (PASSES, "Passées"), (TOUS, "Toutes"))
ETATS = (
    ("", "Tous"),
    *((statut.value, statut.label) for statut in StatutEvenement),
    ("brouillon", "Page pas encore publique"),
)


class FiltresEvenementsForm(forms.Form):
    q = forms.CharField(label="Nom ou lieu", required=False, max_length=100)
    periode = forms.ChoiceField(label="Dates", required=False, choices=PERIODES)
    genre = forms.ChoiceField(label="Type", required=False, choices=[("", "Tous"), *GenreEvenement.choices])
    etat = forms.ChoiceField(label="État", required=False, choices=ETATS)
    miens = forms.BooleanField(label="Seulement les miennes", required=False)

    @property
    def filtres(self) -> FiltresEquipe:
        if not self.is_valid():
            return FiltresEquipe()
        return FiltresEquipe(**{**self.cleaned_data, "periode": self.cleaned_data["periode"] or A_VENIR})


class FiltresInscritsForm(forms.Form):
    q = forms.CharField(label="Nom ou e-mail", required=False, max_length=100)
    etat = forms.ChoiceField(
        label="État",
        required=False,
        choices=[("", "Avec les annulées"), ("ouverts", "En cours"), *EtatInscription.choices],
    )
    genre = forms.ChoiceField(label="Participe comme", required=False, choices=[("", "Tous"), *Participant.choices])
    tri = forms.ChoiceField(label="Trier par", required=False, choices=[(key, name) for key, (name, _) in TRIS.items()])

    @property
    def filtres(self) -> FiltresInscrits:
        return FiltresInscrits(**self.cleaned_data) if self.is_valid() else FiltresInscrits()
