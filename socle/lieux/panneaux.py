"""The panels of the form of a place."""

from typing import Any

from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
)
from wagtailgeowidget.panels import GeoAddressPanel, LeafletPanel

from socle.lieux.forms import FermeturesFormSet, HorairesFormSet, LieuForm
from socle.lieux.widgets import ChampAdresse, ChampPosition


class PositionPanel(LeafletPanel):  # type: ignore[misc]  # the package has no types
    """The map, on a field of the form that fills two plain columns."""

    def widget_overrides(self) -> dict[str, Any]:
        # A form's own field keeps its own widget: nothing to ask of the model.
        return {self.field_name: ChampPosition(address_field=self.address_field, id_prefix="id_")}


class AdressePanel(GeoAddressPanel):  # type: ignore[misc]  # the package has no types
    """The street, with its search."""

    def widget_overrides(self) -> dict[str, Any]:
        return {self.field_name: ChampAdresse()}


class LignesPanel(InlinePanel):  # type: ignore[misc]  # Wagtail has no types
    """Lines that are judged together: two of them may not overlap."""

    def __init__(self, *args: Any, formset: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.formset = formset

    def clone_kwargs(self) -> dict[str, Any]:
        return {**super().clone_kwargs(), "formset": self.formset}

    def get_form_options(self) -> dict[str, Any]:
        options: dict[str, Any] = super().get_form_options()
        options["formsets"][self.relation_name]["formset"] = self.formset
        return options


# Not in tabs: without scripts, Wagtail would show none of them.
LIEU = ObjectList(
    [
        FieldPanel("nom"),
        MultiFieldPanel(
            [
                AdressePanel("adresse"),
                FieldPanel("complement"),
                FieldRowPanel([FieldPanel("code_postal"), FieldPanel("commune")]),
                FieldRowPanel([FieldPanel("departement"), FieldPanel("code_insee")]),
            ],
            "Adresse",
        ),
        PositionPanel("position", address_field="adresse", heading="Position sur la carte"),
        FieldPanel("acces"),
        MultiFieldPanel(
            [FieldPanel("accessibilite")],
            "Accessibilité",
            help_text="Cochez seulement ce qui est vrai tous les jours, et que quelqu’un a vérifié sur place.",
        ),
        MultiFieldPanel([FieldPanel("telephone"), FieldPanel("courriel"), FieldPanel("site")], "Contact"),
        LignesPanel(
            "horaires",
            heading="Horaires d’ouverture",
            label="un créneau",
            panels=[FieldRowPanel([FieldPanel("jour"), FieldPanel("debut"), FieldPanel("fin")])],
            help_text="Deux créneaux le même jour quand on ferme à midi. Aucun : horaires inconnus.",
            formset=HorairesFormSet,
        ),
        LignesPanel(
            "fermetures",
            heading="Fermetures",
            label="une fermeture",
            panels=[FieldRowPanel([FieldPanel("du"), FieldPanel("au")]), FieldPanel("motif")],
            help_text="Congés, travaux, jours fériés. Le premier et le dernier jour sont fermés.",
            formset=FermeturesFormSet,
        ),
        FieldPanel("fuseau"),
        FieldPanel("actif"),
    ],
    base_form_class=LieuForm,
)
