"""The form that sends a table of terms."""

from django import forms

from glossaire.fichiers import LIGNES, TAILLE


class TableauForm(forms.Form):
    """The file; what it holds is read afterwards."""

    fichier = forms.FileField(
        label="Tableau",
        help_text=f"Un fichier CSV ou Excel (.xlsx), de {TAILLE // 1024 // 1024} Mo et {LIGNES} lignes au plus.",
        error_messages={"required": "Choisissez un fichier.", "empty": "Ce fichier est vide."},
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
    )
