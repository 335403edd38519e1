"""Public forms of the proposals. Those of other apps start from `PropositionForm`."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from redaction.operations.propositions import Depot
from redaction.propositions import Genre
from socle.public_forms import PiegeMixin

# Kept in columns of their own, or apart from the proposal.
COLONNES = frozenset({"titre", "texte", "adresse", "nom", "courriel", "signature", "consentement", "site_web"})


def zone(lignes: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": lignes})


class PropositionForm(PiegeMixin, forms.Form):
    """What every proposal asks for: who sends it comes last. `page` is the page it is about, when it is known.

    The other fields of a kind are kept under their names, and shown to the team under their labels.
    """

    # Asked for when the proposal is about a page and the visitor does not come from it.
    sur_une_page: ClassVar[bool] = False

    adresse = forms.CharField(
        label=_("De quelle page parlez-vous ?"),
        help_text=_("Son titre ou son adresse."),
        max_length=500,
        required=False,
        error_messages={"max_length": _("Cette adresse est trop longue : 500 caractères au plus.")},
    )
    nom = forms.CharField(
        label=_("Votre nom"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"max_length": _("Ce nom est trop long : 120 caractères au plus.")},
    )
    courriel = forms.EmailField(
        label=_("Votre adresse e-mail"),
        help_text=_("Pour vous répondre. Elle n’est jamais publiée. Exemple : prenom@exemple.fr"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": _("Écrivez votre adresse e-mail, pour que nous puissions vous répondre."),
            "invalid": _("Cette adresse e-mail n’est pas complète. Exemple : prenom@exemple.fr"),
            "max_length": _("Cette adresse e-mail est trop longue."),
        },
    )
    consentement = forms.BooleanField(
        label=_("J’accepte que l’équipe lise ma proposition, garde mon adresse et m’écrive pour y répondre"),
        help_text=_("Votre nom et votre adresse sont effacés un an après la réponse, ou avant si vous le demandez."),
        error_messages={"required": _("Cochez cette case : sans votre accord, nous ne pouvons pas vous lire.")},
    )

    def __init__(self, *args: Any, page: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.page = page
        if page is not None or not self.sur_une_page:
            del self.fields["adresse"]
        last = [name for name in ("adresse", "nom", "courriel", "signature", "consentement") if name in self.fields]
        first = [name for name in self.fields if name not in last]
        self.order_fields([*(["adresse"] if "adresse" in last else []), *first, *last])

    def depot(self, genre: Genre, langue: str) -> Depot:
        """What was sent; call after validation."""
        given = self.cleaned_data
        return Depot(
            genre=genre,
            langue=langue,
            titre=given.get("titre", ""),
            texte=given.get("texte", ""),
            details={name: str(given[name]) for name in self.fields if name not in COLONNES and given.get(name)},
            page=self.page,
            page_adresse=given.get("adresse", ""),
            nom=given.get("nom", ""),
            courriel=given.get("courriel", ""),
            signature=bool(given.get("signature")),
        )


class CorrectionForm(PropositionForm):
    """Something on a page is wrong or missing, and what to write instead."""

    sur_une_page = True

    texte = forms.CharField(
        label=_("Que faut-il changer ?"),
        help_text=_("Recopiez la phrase à changer, puis écrivez ce que vous mettriez à la place."),
        max_length=5000,
        widget=zone(7),
        error_messages={
            "required": _("Écrivez ce qu’il faut changer."),
            "max_length": _("Votre texte dépasse 5 000 caractères. Raccourcissez-le."),
        },
    )
    source = forms.CharField(
        label=_("D’où vient votre information ?"),
        help_text=_("Par exemple : un texte officiel, un site, votre expérience."),
        max_length=500,
        required=False,
        error_messages={"max_length": _("Cette réponse dépasse 500 caractères. Raccourcissez-la.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "adresse" in self.fields:
            self.fields["adresse"].required = True
            self.fields["adresse"].error_messages["required"] = _("Dites de quelle page vous parlez.")


class ProblemeForm(PropositionForm):
    """A problem on a page. The address is optional: with it, the person is answered."""

    sur_une_page = True
    PROBLEMES: ClassVar = [
        ("erreur", _("Une erreur dans le texte")),
        ("lien", _("Un lien ne marche pas")),
        ("difficile", _("C’est difficile à comprendre")),
        ("accessibilite", _("Je n’arrive pas à lire ou à utiliser la page (accessibilité)")),
        ("autre", _("Autre chose")),
    ]

    probleme = forms.ChoiceField(
        label=_("Quel est le problème ?"),
        choices=PROBLEMES,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choisissez le problème."),
            "invalid_choice": _("Choisissez le problème dans la liste."),
        },
    )
    texte = forms.CharField(
        label=_("Que se passe-t-il ?"),
        help_text=_("N’écrivez pas d’information sur votre santé."),
        max_length=5000,
        widget=zone(5),
        error_messages={
            "required": _("Dites ce qui se passe."),
            "max_length": _("Votre texte dépasse 5 000 caractères. Raccourcissez-le."),
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["nom"]
        del self.fields["consentement"]
        self.fields["courriel"].required = False
        self.fields["courriel"].help_text = _(
            "Seulement si vous voulez une réponse. Elle n’est jamais publiée. Elle est effacée un an après la réponse."
        )


class ReponseForm(PiegeMixin, forms.Form):
    """The answer of who sent a proposal to a question of the team."""

    texte = forms.CharField(
        label=_("Votre réponse"),
        help_text=_("N’écrivez pas d’information sur votre santé."),
        max_length=5000,
        widget=zone(7),
        error_messages={
            "required": _("Écrivez votre réponse."),
            "max_length": _("Votre réponse dépasse 5 000 caractères. Raccourcissez-la."),
        },
    )
