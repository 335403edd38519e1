"""Public forms of the agenda."""

import datetime
import unicodedata
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evenements.models import GenreEvenement
from evenements.queries.filtres import FACETTES, VOCABULAIRES, FiltresAgenda, Periode, Vue
from socle.accessibilite import Accessibilite
from socle.facettes import Choix, noms_des_vocabulaires
from socle.geographie import Departement

PAGE_MAX = 10_000
# An address of the agenda speaks of these years; beyond, somebody plays with it.
ANNEES = (2000, 2199)
LIEU_INCONNU = gettext_lazy("Ce lieu n’est pas dans l’agenda ; ce filtre n’est pas appliqué.")
NOMS = {
    "genre": gettext_lazy("Type de rencontre"),
    "themes": gettext_lazy("Thème"),
    "publics": gettext_lazy("Pour qui"),
    "departement": gettext_lazy("Département"),
    "en_ligne": gettext_lazy("En ligne"),
    "acces": gettext_lazy("Accessibilité"),
    "lieu": gettext_lazy("Lieu"),
    "du": gettext_lazy("Du"),
    "au": gettext_lazy("Au"),
    "mois": gettext_lazy("Mois"),
    "vue": gettext_lazy("Vue"),
    "periode": gettext_lazy("Période"),
    "page": gettext_lazy("Page"),
    "q": gettext_lazy("Mots à chercher"),
}


def citer(value: str) -> str:
    """Write what somebody typed in a sentence: in short, on one line, without what cannot be seen."""
    seen = "".join("�" if unicodedata.category(sign).startswith("C") else sign for sign in value[:41])
    return f"{seen[:40]}…" if len(value) > 40 else seen


def _refuser(nom: str, valeur: Any) -> forms.ValidationError:
    parts = {"filtre": NOMS[nom], "valeur": citer(str(valeur))}
    return forms.ValidationError(_("%(filtre)s : « %(valeur)s » n’existe pas ; ce filtre n’est pas appliqué.") % parts)


class _ConnusField(forms.Field):
    """Keeps the known values; those that are not are in `inconnues`."""

    widget = forms.MultipleHiddenInput

    def __init__(self, choices: Choix) -> None:
        super().__init__(required=False)
        self.connues = {value for value, _nom in choices}
        self.inconnues: list[str] = []

    def clean(self, value: Any) -> tuple[str, ...]:
        chosen = list(dict.fromkeys(str(item) for item in value or ()))
        self.inconnues = [item for item in chosen if item not in self.connues and item]
        return tuple(item for item in chosen if item in self.connues)


class _JourField(forms.Field):
    """A day as `2026-12-31`, within the years of the agenda."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def __init__(self, nom: str, suffixe: str = "") -> None:
        super().__init__(required=False, label=NOMS[nom])
        self.nom, self.suffixe = nom, suffixe

    def clean(self, value: Any) -> datetime.date | None:
        text = str(value or "").strip()
        if not text:
            return None
        try:
            # The form of the standard alone: Python also reads weeks and days without hyphens.
            day = datetime.datetime.strptime(f"{text}{self.suffixe}", "%Y-%m-%d").date()  # noqa: DTZ007 -- a civil day
        except ValueError:
            raise self._refuse(text) from None
        if not ANNEES[0] <= day.year <= ANNEES[1]:
            raise self._refuse(text)
        return day

    def _refuse(self, text: str) -> forms.ValidationError:
        parts = {"filtre": self.label, "valeur": citer(text)}
        if self.suffixe:
            message = _("%(filtre)s : « %(valeur)s » n’est pas un mois de l’agenda. Exemple : 2026-12.")
        else:
            message = _("%(filtre)s : « %(valeur)s » n’est pas une date de l’agenda. Exemple : 2026-12-31.")
        return forms.ValidationError(message % parts)


class FiltresForm(forms.Form):
    """Every value comes from a link of the page, or from someone's imagination: the unknown is named and ignored."""

    q = forms.CharField(
        label=NOMS["q"],
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"type": "search", "enterkeyhint": "search"}),
        error_messages={
            "max_length": gettext_lazy("Votre recherche est trop longue : 200 caractères au plus."),
            "null_characters_not_allowed": gettext_lazy("Votre recherche contient un signe qui ne s’affiche pas."),
        },
    )
    du = _JourField("du")
    au = _JourField("au")
    mois = _JourField("mois", "-01")
    lieu = forms.IntegerField(
        min_value=1,
        max_value=2**63 - 1,
        required=False,
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), LIEU_INCONNU),
    )
    page = forms.IntegerField(
        min_value=1,
        max_value=PAGE_MAX,
        required=False,
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"), gettext_lazy("Cette page n’existe pas. Voici la première.")
        ),
    )
    vue = forms.Field(required=False)
    periode = forms.Field(required=False)

    def __init__(self, *args: Any, langue: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.langue = langue
        noms = noms_des_vocabulaires(langue)
        self.choix: dict[str, Choix] = {
            "genre": [(value, str(nom)) for value, nom in GenreEvenement.choices],
            **{name: noms[relation] for name, relation in VOCABULAIRES.items()},
            "departement": [(value, str(nom)) for value, nom in Departement.choices],
            "en_ligne": [("1", _("Que l’on peut suivre en ligne"))],
            "acces": [(value, str(nom)) for value, nom in Accessibilite.choices],
        }
        for facette in FACETTES:
            self.fields[facette] = _ConnusField(self.choix[facette])

    def clean_vue(self) -> Vue:
        return self._parmi("vue", Vue, Vue.LISTE)

    def clean_periode(self) -> Periode:
        return self._parmi("periode", Periode, Periode.A_VENIR)

    def _parmi(self, nom: str, kind: type[Any], defaut: Any) -> Any:
        value = self.cleaned_data.get(nom)
        if not value:
            return defaut
        try:
            return kind(value)
        except ValueError:
            raise _refuser(nom, value) from None

    def clean(self) -> None:
        du, au = self.cleaned_data.get("du"), self.cleaned_data.get("au")
        if du and au and au < du:
            self.add_error("au", _("La fin de la période vient avant son début ; elle n’est pas appliquée."))

    def filtres(self) -> FiltresAgenda:
        """What can be understood of the request; call after validation."""
        found = self.cleaned_data
        return FiltresAgenda(
            langue=self.langue,
            **{name: found.get(name) or () for name in FACETTES if name != "en_ligne"},
            en_ligne=bool(found.get("en_ligne")),
            lieu=found.get("lieu"),
            texte=" ".join((found.get("q") or "").split()),
            periode=found.get("periode") or Periode.A_VENIR,
            du=found.get("du"),
            au=found.get("au"),
            mois=found.get("mois"),
            vue=found.get("vue") or Vue.LISTE,
            page=found.get("page") or 1,
        )

    def erreurs(self) -> list[str]:
        """What could not be understood, one sentence each."""
        self.is_valid()
        found = [str(message) for messages in self.errors.values() for message in messages]
        for facette in FACETTES:
            # The first one is enough: an address may hold thousands.
            for value in self.fields[facette].inconnues[:1]:  # type: ignore[attr-defined]  # a ConnusField
                found += _refuser(facette, value).messages
        return found
