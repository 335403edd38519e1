"""The map of wagtailgeowidget with nothing but files of ours, and its search through our own address."""

import json
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.html import format_html
from wagtail.admin.telepath import register
from wagtail.admin.telepath.widgets import WidgetAdapter
from wagtailgeowidget.widgets import GeocoderField, LeafletField

from socle.cartes import CREDIT_CONTOURS, EMPRISE, contours, tuiles
from socle.lieux.position import ecrire, lire

GEOCODAGE = "lieux_geocodage"


class ChampPosition(LeafletField):  # type: ignore[misc]  # the package has no types
    """A map with a point to move, and the same position to type: what is typed is what is kept.

    The package posts a hidden field that its script fills. Here the field that people read is posted as well and wins,
    so that nothing depends on the script.
    """

    # What people read is beside it.
    is_hidden = False

    def id_for_label(self, id_: str) -> str:
        return f"{id_}_latlng"

    def build_attrs(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        # Not those of the package, which names tiles and a middle of its own.
        attrs: dict[str, Any] = super(LeafletField, self).build_attrs(*args, **kwargs)
        options = {
            "addressField": self.address_field,
            "srid": 4326,
            "zoom": 15,
            "emprise": EMPRISE,
            "contours": contours(),
            "credit": CREDIT_CONTOURS,
            "tuiles": tuiles(),
            "translations": {
                "error_message_invalid_location": "Écrivez la latitude puis la longitude. Exemple : 48.9356, 2.3539",
                "point": "Le lieu. Les flèches du clavier déplacent le point.",
                "zoom_in": "Agrandir",
                "zoom_out": "Réduire",
            },
        }
        return {**attrs, "data-controller": "champ-position", "data-champ-position-options-value": json.dumps(options)}

    @property
    def media(self) -> forms.Media:
        return forms.Media(
            css={
                "all": (
                    "js_lib_leaflet/leaflet.css",
                    "wagtailgeowidget/css/leaflet-field.css",
                    "css/admin/lieux.css",
                )
            },
            js=("js_lib_leaflet/leaflet.js", "wagtailgeowidget/js/leaflet-field.js", "js/admin/champ_position.js"),
        )

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        typed = data.get(f"{name}_latlng")
        return super().value_from_datadict(data, files, name) if typed is None else typed

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return name not in data and f"{name}_latlng" not in data

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> str:
        shown = ecrire(value) if isinstance(value, tuple) else str(value or "")
        position = lire(shown)
        kept = f"SRID=4326;POINT({position[1]} {position[0]})" if position else ""
        described = (attrs or {}).get("aria-describedby", "")
        return format_html(
            '<input type="text" name="{0}_latlng" id="{1}_latlng" value="{2}" maxlength="100" autocomplete="off" '
            'class="leaflet-field-location" placeholder="48.9356, 2.3539"'
            "{3}>{4}"
            '<div id="{1}_map" class="leaflet-field carte-du-lieu" hidden></div>',
            name,
            attrs["id"],
            shown,
            format_html(' aria-describedby="{}"', described) if described else "",
            super(LeafletField, self).render(name, kept, attrs, renderer),
        )


class ChampAdresse(GeocoderField):  # type: ignore[misc]  # the package has no types
    """The street, and a search that fills the rest of the form."""

    def build_attrs(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        attrs: dict[str, Any] = super(GeocoderField, self).build_attrs(*args, **kwargs)
        options = {
            "url": reverse(GEOCODAGE),
            "champs": ["code_postal", "commune", "code_insee", "departement"],
            "translations": {
                "chercher": "Chercher cette adresse",
                "en_cours": "Recherche…",
                "rien": "Aucune adresse trouvée. Vérifiez la rue et la commune, ou placez le point vous-même.",
                "choisir": "Choisissez l’adresse :",
                "fait": "L’adresse et le point sont en place.",
                "panne": "La recherche n’a pas abouti. Réessayez, ou écrivez l’adresse et la position vous-même.",
                "vide": "Écrivez d’abord le numéro, la rue et la commune.",
            },
        }
        return {**attrs, "data-controller": "champ-adresse", "data-champ-adresse-options-value": json.dumps(options)}

    @property
    def media(self) -> forms.Media:
        return forms.Media(
            css={"all": ("css/admin/lieux.css",)},
            js=("wagtailgeowidget/js/geocoder-field.js", "js/admin/champ_adresse.js"),
        )


# The package's own would carry its tiles and its middle into the page.
register(WidgetAdapter(), ChampPosition)
register(WidgetAdapter(), ChampAdresse)
