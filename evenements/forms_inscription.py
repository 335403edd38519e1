"""What somebody says in order to come to a date, and what they change afterwards."""

from collections.abc import Iterator
from typing import Any, ClassVar

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from evenements.models import Evenement, Inscription, Mode, Participant, Seance
from socle.accessibilite import Accessibilite
from socle.geographie import Departement
from socle.public_forms import PiegeMixin

# What helps in front of a screen; the rest is about coming.
A_DISTANCE = (
    Accessibilite.LSF,
    Accessibilite.TRANSCRIPTION,
    Accessibilite.DOCUMENTS_FALC,
    Accessibilite.GROS_CARACTERES,
)
# Asked apart: not a need that the organisers prepare for.
A_PART = (Accessibilite.TRANSPORT_REMBOURSE,)


def besoins_proposes(seance: Seance) -> list[tuple[str, Any]]:
    """The needs that make sense for a date, as boxes to tick."""
    known = A_DISTANCE if seance.mode == Mode.EN_LIGNE else tuple(Accessibilite)
    return [(need.value, need.label) for need in Accessibilite if need in known and need not in A_PART]


def rembourse(evenement: Evenement, seance: Seance) -> bool:
    """Whether travel is paid back to those who come."""
    offered = {*evenement.accessibilite, *(seance.lieu.accessibilite if seance.lieu else ())}
    return seance.mode != Mode.EN_LIGNE and Accessibilite.TRANSPORT_REMBOURSE in offered


class BesoinsForm(PiegeMixin, forms.Form):
    """What somebody needs in order to take part in `seance`."""

    besoins = forms.MultipleChoiceField(
        label=_("De quoi avez-vous besoin ?"),
        help_text=_("Cochez tout ce qui vous aide."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Cochez des besoins de la liste.")},
    )
    besoins_texte = forms.CharField(
        label=_("Autre besoin"),
        help_text=_("Par exemple : venir avec quelqu’un, faire des pauses. Ne donnez pas le nom d’une maladie."),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": _("Votre texte dépasse 1 000 caractères. Raccourcissez-le.")},
    )
    remboursement = forms.BooleanField(
        label=_("Je demande le remboursement de mon transport"),
        help_text=_("L’équipe vous dira comment faire. Gardez vos tickets."),
        required=False,
    )

    parties: ClassVar = {"besoins": ("besoins", "besoins_texte", "remboursement")}

    def __init__(self, *args: Any, seance: Seance, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seance = seance
        self.fields["besoins"].choices = besoins_proposes(seance)  # type: ignore[attr-defined]  # a choice field
        if not rembourse(seance.evenement, seance):
            del self.fields["remboursement"]

    def partie(self, nom: str) -> Iterator[BoundField]:
        return (self[name] for name in self.parties[nom] if name in self.fields)

    @property
    def les_besoins(self) -> list[BoundField]:
        return list(self.partie("besoins"))

    def dit_des_besoins(self) -> dict[str, Any]:
        """What was said of the needs; call after validation."""
        given = self.cleaned_data
        return {
            "besoins": given["besoins"],
            "besoins_texte": given["besoins_texte"],
            "remboursement": given.get("remboursement", False),
        }

    @classmethod
    def de(cls, inscription: Inscription, data: Any = None) -> "BesoinsForm":
        """The form as somebody left it."""
        besoin = getattr(inscription, "besoin", None)
        initial = {
            "besoins": besoin.besoins if besoin else [],
            "besoins_texte": besoin.texte if besoin else "",
            "remboursement": inscription.remboursement_demande,
        }
        return cls(data, seance=inscription.seance, initial=initial)


class InscriptionForm(BesoinsForm):
    """Who comes to a date. Nothing is asked that the organisers do not use."""

    nom = forms.CharField(
        label=_("Votre prénom et votre nom"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={
            "required": _("Écrivez votre prénom et votre nom."),
            "max_length": _("Ce nom est trop long : 120 caractères au plus."),
        },
    )
    courriel = forms.EmailField(
        label=_("Votre adresse e-mail"),
        help_text=_("Pour confirmer votre inscription et vous prévenir d’un changement. Exemple : prenom@exemple.fr"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": _("Écrivez votre adresse e-mail : nous y envoyons le lien qui confirme votre inscription."),
            "invalid": _("Cette adresse e-mail n’est pas complète. Exemple : prenom@exemple.fr"),
            "max_length": _("Cette adresse e-mail est trop longue."),
        },
    )
    genre = forms.ChoiceField(
        label=_("Je participe comme"),
        help_text=_("Choisissez ce qui vous va le mieux."),
        choices=Participant.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Dites comment vous participez."),
            "invalid_choice": _("Choisissez une réponse de la liste."),
        },
    )
    departement = forms.ChoiceField(
        label=_("Votre département"),
        help_text=_("Pour savoir d’où viennent les participants. Jamais montré avec votre nom."),
        choices=[("", _("Ailleurs ou sans réponse")), *Departement.choices],
        required=False,
        error_messages={"invalid_choice": _("Choisissez un département de la liste.")},
    )
    structure = forms.CharField(
        label=_("Votre association, votre établissement ou votre service"),
        max_length=160,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
        error_messages={"max_length": _("Ce nom est trop long : 160 caractères au plus.")},
    )
    consentement = forms.BooleanField(
        label=_("J’accepte que l’équipe garde mes réponses pour organiser cette rencontre, et m’écrive"),
        error_messages={"required": _("Cochez cette case : sans votre accord, nous ne pouvons pas vous inscrire.")},
    )

    parties: ClassVar = {
        **BesoinsForm.parties,
        "personne": ("nom", "courriel", "genre", "departement", "structure"),
        "accord": ("consentement", "site_web"),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields([*self.parties["personne"], *self.parties["besoins"], *self.parties["accord"]])

    @property
    def la_personne(self) -> list[BoundField]:
        return list(self.partie("personne"))

    @property
    def l_accord(self) -> list[BoundField]:
        return list(self.partie("accord"))

    def demande(self) -> dict[str, Any]:
        """What was sent, as `operations.inscriptions.demander` takes it; call after validation."""
        kept = ("nom", "courriel", "genre", "departement", "structure")
        return {**{name: self.cleaned_data[name] for name in kept}, **self.dit_des_besoins()}
