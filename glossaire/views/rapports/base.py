"""What the reports of the glossary share: who reads them, the choice of a language, the way from one to the others."""

from collections.abc import Sequence
from typing import Any, ClassVar

import django_filters
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.reports import ReportView

from glossaire.models import NomDeTerme
from glossaire.queries.completer import peut_completer
from socle.dates import today
from socle.reports import SafeExportMixin

TITRE = "Glossaire : à compléter"
# Name of the address, and of the report.
SECTIONS: dict[str, str] = {
    "glossaire_sigles": "Sigles à expliquer",
    "glossaire_jamais_rencontres": "Mots jamais rencontrés",
    "glossaire_versions": "Versions à créer",
    "glossaire_conflits": "Noms en conflit",
    "glossaire_sources": "Sources à revoir",
}


def noms_des_langues() -> list[tuple[str, str]]:
    return [(code, str(nom)) for code, nom in settings.LANGUAGES]


class LangueFilterSet(WagtailFilterSet):
    """The language of a report; French where nothing else is asked."""

    langue = django_filters.ChoiceFilter(label="Langue", choices=noms_des_langues, empty_label=None)

    class Meta:
        model = NomDeTerme
        fields: ClassVar = ["langue"]


class LiensColumn(Column):
    """Names that lead to pages or to gestures: pairs of a text and an address, which may be empty."""

    cell_template_name = "glossaire/rapports/liens.html"


class RapportView(SafeExportMixin, ReportView):
    """A report whose rows are no rows of a table: what `lignes` gives, as `presenter` shows it."""

    page_title = TITRE
    header_icon = "clipboard-list"
    template_name = "glossaire/rapports/rapport.html"
    results_template_name = "glossaire/rapports/lignes.html"
    filterset_class = LangueFilterSet
    langue_par_defaut = settings.LANGUAGE_CODE
    toutes_les_langues = False
    texte = ""
    # What it says when there is nothing to do.
    vide = "Rien à faire : tout est en ordre."

    @property
    def explication(self) -> str:
        """What the report is for, above it."""
        return self.texte

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not peut_completer(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        return SECTIONS[self.index_url_name]

    def get_filterset_kwargs(self) -> dict[str, Any]:
        data = self.request.GET.copy()
        data.setdefault("langue", self.langue_par_defaut)
        return {"data": data, "request": self.request}

    @property
    def choix(self) -> dict[str, Any]:
        """What the filters say; those that are wrong say nothing."""
        self.filters.is_valid()
        found: dict[str, Any] = {"langue": self.langue_par_defaut, **self.filters.form.cleaned_data}
        if not found["langue"] and not self.toutes_les_langues:
            found["langue"] = self.langue_par_defaut
        return found

    def get_filtered_queryset(self) -> Sequence[Any]:
        return self.lignes(**self.choix)

    def lignes(self, **choix: Any) -> Sequence[Any]:
        raise NotImplementedError

    def presenter(self, rows: Sequence[Any]) -> list[dict[str, Any]]:
        raise NotImplementedError

    def get_table(self, object_list: Any) -> Any:
        return super().get_table([] if self.is_export else self.presenter(list(object_list)))

    def decorate_paginated_queryset(self, object_list: Any) -> Any:
        return self.presenter(list(object_list)) if self.is_export else object_list

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        sections = [(nom, reverse(name), name == self.index_url_name) for name, nom in SECTIONS.items()]
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        return {**context, "sections": sections, "explication": self.explication, "vide": self.vide}

    def get_filename(self) -> str:
        name = self.index_url_name.replace("_", "-")
        return f"{name}-{self.choix['langue'] or 'toutes'}-{today().isoformat()}"


def modifier(page_id: int) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page_id])


def en_texte(liens: Sequence[tuple[str, str]]) -> str:
    """The names of links, for spreadsheets."""
    return " ; ".join(nom for nom, _adresse in liens)
