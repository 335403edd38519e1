"""The filters of the list of words, read from the query string."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from glossaire.models.pages import VOCABULAIRES
from glossaire.queries.liste import Filtres
from socle.forms import ConnusField

PAGE_MAX = 10_000


class FiltresForm(forms.Form):
    """Every value comes from a link of the page, or from someone's imagination: the unknown is named and ignored."""

    q = forms.CharField(
        label=_("Chercher dans le glossaire"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"type": "search", "enterkeyhint": "search", "autocomplete": "off"}),
        error_messages={"max_length": _("Votre recherche est trop longue : 200 caractères au plus.")},
    )
    page = forms.IntegerField(
        min_value=1,
        max_value=PAGE_MAX,
        required=False,
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"), _("Cette page n’existe pas. Voici la première.")
        ),
    )

    def __init__(
        self, *args: Any, vocabulaires: dict[str, list[tuple[str, str]]], lettres: list[str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.choix = {nom: vocabulaires[nom] for nom in VOCABULAIRES}
        for facette, options in self.choix.items():
            self.fields[facette] = ConnusField(options)
        self.fields["lettre"] = ConnusField([(lettre.lower(), lettre) for lettre in lettres])

    def filtres(self) -> Filtres:
        """What can be understood of the request; call after validation."""
        chosen = {facette: tuple(self.cleaned_data.get(facette) or ()) for facette in VOCABULAIRES}
        return Filtres(texte=self.cleaned_data.get("q") or "", valeurs=chosen)

    def lettre(self) -> str:
        """The letter asked for, of those that exist; call after validation."""
        return next(iter(self.cleaned_data.get("lettre") or ()), "").upper()

    def erreurs(self) -> list[str]:
        """What could not be understood, one sentence each."""
        self.is_valid()
        found = [str(message) for messages in self.errors.values() for message in messages]
        if any(self.fields[facette].inconnues for facette in VOCABULAIRES):  # type: ignore[attr-defined]  # of the form's own fields
            found.append(str(_("Un filtre de cette adresse n’existe pas ; il n’est pas appliqué.")))
        if self.fields["lettre"].inconnues:  # type: ignore[attr-defined]  # of the form's own fields
            found.append(str(_("Aucun mot ne commence par cette lettre.")))
        return found
