"""The three questions of the survey."""

from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from socle.public_forms import PiegeMixin

# From the best to the worst, each with its face: a word, a drawing and a tone, never one of them alone.
PLAISIR = [("4", _("Beaucoup")), ("3", _("Plutôt")), ("2", _("Peu")), ("1", _("Pas du tout"))]
PLACE = [("4", _("Tout à fait")), ("3", _("Plutôt oui")), ("2", _("Plutôt non")), ("1", _("Pas du tout"))]
VISAGES = {
    "4": ("visage-ravi", "compris"),
    "3": ("visage-compris", "compris"),
    "2": ("visage-pas-tout", "pas-tout"),
    "1": ("visage-pas-compris", "pas-compris"),
}
COMMENTAIRE = 2000


def _question(label: Any, choix: list[Any], aide: Any = "") -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label,
        help_text=aide,
        choices=choix,
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Choisissez une des quatre réponses.")},
    )


class EnqueteForm(PiegeMixin, forms.Form):
    """What somebody thinks of a date. Every question may be left out, but not all of them."""

    satisfaction = _question(_("Cette rencontre vous a-t-elle plu ?"), PLAISIR)
    place = _question(
        _("Avez-vous pu prendre votre place ?"), PLACE, _("Par exemple : parler, être écouté, comprendre.")
    )
    commentaire = forms.CharField(
        label=_("Que faut-il garder ? Que faut-il changer ?"),
        help_text=_("N’écrivez pas votre nom, ni d’information sur votre santé."),
        max_length=COMMENTAIRE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"max_length": _("Votre texte dépasse 2 000 caractères. Raccourcissez-le.")},
    )

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        answered = given.get("satisfaction") or given.get("place") or given.get("commentaire")
        if not answered and not self.errors:
            self.add_error(None, _("Répondez au moins à une question."))
        return given

    @property
    def questions(self) -> list[tuple[BoundField, list[dict[str, Any]]]]:
        """The questions with faces, as the page shows them."""
        return [(self[name], self._reponses(self[name])) for name in ("satisfaction", "place")]

    @staticmethod
    def _reponses(champ: BoundField) -> list[dict[str, Any]]:
        given = str(champ.value() or "")
        return [
            {
                "valeur": value,
                "texte": label,
                "icone": VISAGES[value][0],
                "ton": VISAGES[value][1],
                "choisie": value == given,
            }
            for value, label in champ.field.choices  # type: ignore[attr-defined]  # a choice field
        ]
