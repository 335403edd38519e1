"""The filters of the list of resources, read from the query string."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fiches.models import Duree, TypeRessource
from fiches.queries import FACETTES, TRIS, Filtres
from redaction.forms import PropositionForm
from socle.forms import ConnusField

PAGE_MAX = 10_000


class FiltresForm(forms.Form):
    """Every value comes from a link of the page, or from someone's imagination: the unknown is named and ignored."""

    q = forms.CharField(
        label=_("Chercher dans les fiches"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"type": "search", "enterkeyhint": "search"}),
    )
    tri = forms.ChoiceField(choices=[(valeur, nom) for valeur, (nom, _ordre) in TRIS.items()], required=False)
    page = forms.IntegerField(min_value=1, max_value=PAGE_MAX, required=False)

    def __init__(self, *args: Any, vocabulaires: dict[str, list[tuple[str, str]]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choix: dict[str, list[tuple[str, str]]] = {
            "type": [(valeur, str(nom)) for valeur, nom in TypeRessource.choices],
            "duree": [(valeur, str(nom)) for valeur, nom in Duree.choices],
            **vocabulaires,
        }
        for facette in FACETTES:
            self.fields[facette] = ConnusField(self.choix[facette])
        messages = {
            "tri": {"invalid_choice": _("Ce tri n’existe pas. Les fiches les plus récentes viennent d’abord.")},
            "page": dict.fromkeys(
                ("invalid", "min_value", "max_value"), _("Cette page n’existe pas. Voici la première.")
            ),
        }
        for name, texts in messages.items():
            self.fields[name].error_messages.update(texts)

    def filtres(self) -> Filtres:
        """What can be understood of the request; call after validation."""
        chosen = {facette: tuple(self.cleaned_data.get(facette) or ()) for facette in FACETTES}
        return Filtres(texte=self.cleaned_data.get("q") or "", valeurs=chosen)

    def erreurs(self) -> list[str]:
        """What could not be understood, one sentence each."""
        self.is_valid()
        found = [str(message) for messages in self.errors.values() for message in messages]
        if any(self.fields[facette].inconnues for facette in FACETTES):  # type: ignore[attr-defined]
            found.append(str(_("Un filtre de cette adresse n’existe pas ; il n’est pas appliqué.")))
        return found


class PropositionFicheForm(PropositionForm):
    """A resource that someone outside the team proposes."""

    titre = forms.CharField(
        label=_("Titre de votre fiche"),
        help_text=_("Commencez par un verbe. Exemple : Préparer une première réunion à deux."),
        max_length=200,
        error_messages={
            "required": _("Donnez un titre à votre fiche."),
            "max_length": _("Ce titre dépasse 200 caractères. Raccourcissez-le."),
        },
    )
    resume = forms.CharField(
        label=_("À quoi sert-elle ?"),
        help_text=_("Une ou deux phrases : ce qu’elle aide à faire, et qui peut s’en servir."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": _("Dites à quoi sert votre fiche."),
            "max_length": _("Ce résumé dépasse 300 caractères. Raccourcissez-le."),
        },
    )
    texte = forms.CharField(
        label=_("Votre texte"),
        help_text=_("Comment faire, étape par étape. Ne donnez ni nom de patient, ni information sur votre santé."),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 12}),
        error_messages={
            "required": _("Écrivez votre texte."),
            "max_length": _("Votre texte dépasse 10 000 caractères. Raccourcissez-le."),
        },
    )
    signature = forms.BooleanField(
        label=_("Si la fiche est publiée, je veux que mon nom apparaisse parmi les auteurs"), required=False
    )
