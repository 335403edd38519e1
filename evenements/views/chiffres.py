"""The figures of the agenda in the admin: tables, bars, and the same as a file."""

import csv
from io import StringIO
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.templatetags.static import static
from django.views.generic import TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from evenements.graphiques import barres
from evenements.queries.chiffres import ANNEE, PERIODES, Chiffres, Ligne, annees, chiffres, peut_lire_les_chiffres
from socle.dates import today

TITRE = "Chiffres de l’agenda"
COLONNES = tuple("Année" if periode == ANNEE else f"Trimestre {periode}" for periode in PERIODES)
MUETTE = "non dit"


class AnneeForm(forms.Form):
    """The year to look at."""

    annee = forms.TypedChoiceField(
        label="Année",
        coerce=int,
        required=False,
        empty_value=None,
        error_messages={"invalid_choice": "Il n’y a pas de rencontre cette année-là : voici la dernière."},
    )

    def __init__(self, data: Any, years: list[int]) -> None:
        super().__init__(data)
        self.fields["annee"].choices = [(year, str(year)) for year in years]  # type: ignore[attr-defined]  # a choice
        self.fields["annee"].widget.attrs["class"] = "w-max-w-xs"

    def choisie(self, default: int) -> int:
        return (self.is_valid() and self.cleaned_data["annee"]) or default


def tables(figures: Chiffres) -> list[tuple[str, str, str, list[Ligne], bool]]:
    """Anchor, title, explanation, lines, and whether bars help to read them."""
    attendance = "Les personnes pointées présentes ; sans feuille de présence, les personnes inscrites."
    return [
        ("rencontres", "Rencontres", "Chaque date d’une série compte pour une rencontre.", figures.rencontres, False),
        ("genres", "Rencontres, par type", "", figures.genres, True),
        ("participants", "Participations, selon la place de chacun", attendance,
         [*figures.par_participant, figures.participations], True),
        ("departements", "Participations, par département", attendance,
         [*figures.par_departement, figures.participations], True),
        ("satisfaction", "Satisfaction", "Trois questions posées le lendemain, sans savoir qui répond.",
         figures.satisfaction, False),
    ]  # fmt: skip


class ChiffresView(WagtailAdminTemplateMixin, TemplateView):
    """A year of the agenda, for the steering committee."""

    page_title = TITRE
    header_icon = "table"
    template_name = "evenements/admin/chiffres.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not peut_lire_les_chiffres(request.user):
            raise PermissionDenied
        day = today()
        years = annees(day)
        self.form = AnneeForm(request.GET, years)
        self.figures = chiffres(self.form.choisie(years[0]), day)
        if request.method == "GET" and request.GET.get("export") == "csv":
            return exporter(self.figures)
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        figures = self.figures
        return {
            **super().get_context_data(**kwargs),
            "form": self.form,
            "chiffres": figures,
            "colonnes": COLONNES,
            "tables": [
                {
                    "ancre": anchor,
                    "titre": title,
                    "texte": text,
                    "lignes": lines,
                    "graphique": barres(line for line in lines if line is not figures.participations)
                    if drawn
                    else None,
                }
                for anchor, title, text, lines, drawn in tables(figures)
            ],
            "export": f"?annee={figures.annee}&export=csv",
            "media": forms.Media(css={"all": [static("css/admin/bureau.css"), static("css/admin/chiffres.css")]}),
        }


def exporter(figures: Chiffres) -> HttpResponse:
    """The tables of a year as one file for spreadsheets."""
    file = StringIO(newline="")
    writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
    writer.writerow(["Tableau", "Ligne", *(f"{colonne} {figures.annee}" for colonne in COLONNES)])
    for _anchor, title, _text, lines, _drawn in tables(figures):
        for line in lines:
            writer.writerow([title, line.titre, *map(_nombre, line.rangees)])
    response = HttpResponse(file.getvalue().encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="agenda-{figures.annee}.csv"'
    return response


def _nombre(value: Any) -> str:
    return MUETTE if value is None else str(value).replace(".", ",")
