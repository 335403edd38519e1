"""Forms of the operations of the moderation, for the admin."""

from typing import Any, cast

from django import forms
from django.contrib.auth.models import Group
from django.http import QueryDict
from wagtail.admin.widgets import AdminPageChooser
from wagtail.models import Page, PageViewRestriction

from redaction.models.moderation import LONGUEUR_MOTIF
from redaction.queries.moderation import Consequences, restriction_propre

ACCES = {
    PageViewRestriction.NONE: "Tout le monde",
    PageViewRestriction.LOGIN: "Les personnes connectées",
    PageViewRestriction.GROUPS: "Les personnes de certains groupes",
    PageViewRestriction.PASSWORD: "Les personnes qui ont un mot de passe, le même pour toutes",
}


class RaisonForm(forms.Form):
    """Why something is done to a page: the history keeps it."""

    motif = forms.CharField(
        label="Motif",
        max_length=LONGUEUR_MOTIF,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=f"Il reste dans l’historique de la page, que l’équipe lit. {LONGUEUR_MOTIF} caractères au plus.",
        error_messages={"required": "Dites pourquoi : l’équipe le lira dans l’historique."},
    )


class OperationForm(RaisonForm):
    """What every operation asks."""

    def __init__(self, *args: Any, page: Page, suites: Consequences, **kwargs: Any) -> None:
        self.page = page
        self.suites = suites
        super().__init__(*args, **kwargs)
        # The reason comes last: what is done, then why.
        self.order_fields([*(name for name in self.fields if name != "motif"), "motif"])

    def show_again(self) -> None:
        """Keep what was typed; what the person has seen is what the page is now, to be read and agreed to again."""
        data = cast("QueryDict", self.data).copy()
        for field in self.hidden_fields():
            data[field.html_name] = self.initial[field.name]
        data.pop("compris", None)
        self.data = data


class DepublierForm(OperationForm):
    avec_descendantes = forms.BooleanField(label="", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        count = self.suites.descendantes_publiques
        self.fields["avec_descendantes"].label = f"Dépublier aussi les pages publiques rangées dessous ({count})"
        if not count:
            del self.fields["avec_descendantes"]


class RestreindreForm(OperationForm):
    genre = forms.ChoiceField(label="Qui peut lire cette page", choices=list(ACCES.items()), widget=forms.RadioSelect)
    groupes = forms.ModelMultipleChoiceField(
        label="Groupes",
        queryset=Group.objects.order_by("name"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Si vous avez choisi « certains groupes ».",
    )
    mot_de_passe = forms.CharField(
        label="Mot de passe",
        max_length=255,
        required=False,
        help_text="Si vous avez choisi un mot de passe. Il ne protège rien de sensible : il passe de main en main.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {"genre": PageViewRestriction.NONE}
        if restriction := restriction_propre(self.page):
            self.initial = {
                "genre": restriction.restriction_type,
                "groupes": restriction.groups.all(),
                "mot_de_passe": restriction.password,
            }


class DestinationChooser(AdminPageChooser):
    """Wagtail's chooser, which would fail on what is not a number before the field refuses it."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        value = super().value_from_datadict(data, files, name)
        return value if str(value or "").isdecimal() else None


class DeplacerForm(OperationForm):
    vers = forms.ModelChoiceField(
        label="Ranger cette page sous",
        queryset=Page.objects.filter(depth__gt=1),
        error_messages={"invalid_choice": "Choisissez une page qui existe."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parents = self.page.specific_class.allowed_parent_page_models()
        self.fields["vers"].widget = DestinationChooser(target_models=parents)


class SupprimerForm(OperationForm):
    attendues = forms.IntegerField(widget=forms.HiddenInput)
    compris = forms.BooleanField(
        label="",
        error_messages={"required": "Cochez cette case : une suppression ne s’annule pas."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        count = self.suites.descendantes + 1
        self.initial["attendues"] = count
        what = "cette page et son historique" if count == 1 else f"ces {count} pages et leur historique"
        self.fields["compris"].label = f"J’ai compris : {what} disparaissent pour toujours"


class UrgenceForm(OperationForm):
    revision_id = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["revision_id"] = self.page.latest_revision_id
