"""The chooser of pictograms in the editor, and what it asks of the bank."""

from django import forms
from wagtail.admin.telepath import register
from wagtail.images.widgets import AdminImageChooser, ImageChooserAdapter

SCRIPT = "js/admin/pictogrammes.js"
STYLES = "css/admin/pictogrammes.css"


class PictogrammeChooser(AdminImageChooser):
    """Wagtail's chooser of pictures, opened on the bank, with the words of the block that is being illustrated."""

    choose_one_text = "Choisir un pictogramme"
    choose_another_text = "Changer de pictogramme"
    link_to_chosen_text = "Modifier cette image"
    chooser_modal_url_name = "pictogrammes_choisir"


class PictogrammeChooserAdapter(ImageChooserAdapter):
    js_constructor = "variantes.pictogrammes.PictogrammeChooser"

    @property
    def media(self) -> forms.Media:
        # In one list: ours comes after those that it builds on.
        return forms.Media(js=[*super().media._js, SCRIPT], css={"all": [STYLES]})


register(PictogrammeChooserAdapter(), PictogrammeChooser)


class ChoixForm(forms.Form):
    """The words of a line, or those that someone looks for."""

    q = forms.CharField(
        label="Chercher un pictogramme",
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"placeholder": "Par exemple : réunion, lettre, fauteuil", "autocomplete": "off"}),
    )
    mots = forms.CharField(required=False, max_length=2000, widget=forms.HiddenInput)
    p = forms.IntegerField(label="page", required=False, min_value=1, max_value=10_000, widget=forms.HiddenInput)

    def clean_p(self) -> int:
        return self.cleaned_data["p"] or 1

    def erreurs(self) -> list[str]:
        """Each error with the name of the field that it is about."""
        names = {"q": "Recherche", "mots": "Texte de la ligne", "p": "Page"}
        return [f"{names[name]} : {error}" for name, found in self.errors.items() for error in found]
