"""The acronyms that no term explains."""

from collections.abc import Sequence
from typing import Any, ClassVar
from urllib.parse import urlencode

import django_filters
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column
from wagtail.admin.utils import get_valid_next_url_from_request

from glossaire.operations.sigles import ecarter, reprendre
from glossaire.queries.ajout import adresse_nouveau_mot
from glossaire.queries.completer import PAGES_CITEES, Sigle, citer_les_pages, sigles_a_expliquer
from glossaire.views.rapports.base import LangueFilterSet, LiensColumn, RapportView, en_texte, modifier

ECARTES = (("oui", "Sigles écartés"),)


class SiglesFilterSet(LangueFilterSet):
    ecartes = django_filters.ChoiceFilter(label="Montrer", choices=ECARTES, empty_label="Sigles à expliquer")

    class Meta(LangueFilterSet.Meta):
        fields: ClassVar = ["langue", "ecartes"]


class GestesColumn(Column):
    """What may be done about an acronym."""

    cell_template_name = "glossaire/rapports/gestes_sigle.html"


class SiglesView(RapportView):
    """The acronyms of the public pages that have no public term, the most frequent first."""

    index_url_name = "glossaire_sigles"
    index_results_url_name = "glossaire_sigles_lignes"
    results_template_name = "glossaire/rapports/lignes_sigles.html"
    filterset_class = SiglesFilterSet
    texte = (
        "Ces sigles sont dans des pages publiques, et aucun mot public du glossaire ne les explique. Écartez ceux que "
        "tout le monde connaît : ils ne seront plus signalés."
    )
    vide = "Aucun sigle à expliquer."
    columns: ClassVar = [
        Column("sigle", label="Sigle", accessor="sigle"),
        Column("fois", label="Fois", accessor="fois"),
        Column("nombre", label="Pages", accessor="nombre"),
        LiensColumn("citees", label="Où", accessor="citees"),
        GestesColumn("gestes", label="À faire", accessor="gestes"),
    ]
    list_export: ClassVar = ["sigle", "fois", "nombre", "etat", "ou"]
    export_headings: ClassVar = {
        "sigle": "Sigle",
        "fois": "Fois",
        "nombre": "Pages",
        "etat": "Dans le glossaire",
        "ou": "Où",
    }

    def lignes(self, **choix: Any) -> list[Sigle]:
        return sigles_a_expliquer(choix["langue"], ecartes=bool(choix.get("ecartes")))

    def presenter(self, rows: Sequence[Sigle]) -> list[dict[str, Any]]:
        add = adresse_nouveau_mot(self.request.user) if self.choix["langue"] == settings.LANGUAGE_CODE else ""
        return [self._ligne(row, add) for row in citer_les_pages(list(rows))]

    def _ligne(self, row: Sigle, add: str) -> dict[str, Any]:
        rest = row.nombre - len(row.citees)
        creer = f"{add}?{urlencode({'sigle': row.sigle})}" if add else ""
        return {
            "sigle": row.sigle,
            "fois": row.fois,
            "nombre": row.nombre,
            "citees": [*row.citees, *([(f"et {rest} autres", "")] if row.nombre > PAGES_CITEES and rest else [])],
            "gestes": {
                "ecarte": row.ecarte,
                "creer": creer if row.brouillon is None else "",
                "brouillon": modifier(row.brouillon) if row.brouillon else "",
            },
            "etat": f"Brouillon : {row.brouillon_titre}" if row.brouillon else "",
            "ou": en_texte(row.citees),
        }


@require_POST
def changer(request: HttpRequest) -> HttpResponse:
    """Set an acronym aside, or take it back."""
    address = get_valid_next_url_from_request(request) or "glossaire_sigles"
    sigle = request.POST.get("ecarter", "")
    try:
        if sigle:
            ecarter(sigle, request.user)
            messages.success(request, f"« {sigle} » ne sera plus signalé.")
        elif sigle := request.POST.get("reprendre", ""):
            reprendre(sigle, request.user)
            messages.success(request, f"« {sigle} » sera de nouveau signalé.")
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
    return redirect(address)
