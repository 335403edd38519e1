"""The list of a date as a table: for the organiser's own work, and logged."""

import csv
from collections.abc import Iterator
from io import StringIO
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.text import slugify
from django.views.generic import View

from evenements.forms_admin.filtres import FiltresInscritsForm
from evenements.models import Inscription
from evenements.operations.messages import noter_l_export
from evenements.queries.droits import lit_les_besoins
from evenements.queries.inscrits import besoins_de, inscrits, rangs_d_attente
from evenements.views.equipe.base import InscritsMixin
from evenements.views.equipe.inscriptions import dits
from socle.dates import day_of
from socle.reports import FORMULAS

COLONNES = (
    "Nom",
    "E-mail",
    "Participe comme",
    "Département",
    "Structure",
    "Langue",
    "État",
    "Rang d’attente",
    "Demandée le",
    "Vient de",
    "Présence",
    "Remboursement du transport",
)
PRESENCES = {True: "présente", False: "absente", None: ""}


class ExporterView(InscritsMixin, View):
    """What the filters of the list look for. Needs are in it for the organisers of the event alone."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        filtres = FiltresInscritsForm(request.GET or {"etat": "ouverts"}).filtres
        people = list(inscrits(self.seance, filtres))
        reads = lit_les_besoins(request.user, self.evenement)
        file = StringIO(newline="")
        # Spreadsheets read UTF-8 when it begins so.
        file.write("\ufeff")
        writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
        writer.writerow([*COLONNES, *(["Besoins d’accessibilité"] if reads else [])])
        writer.writerows([_sure(value) for value in row] for row in self.lignes(people, reads))
        noter_l_export(self.seance, len(people), reads, request.user)
        response = HttpResponse(file.getvalue(), content_type="text/csv; charset=utf-8")
        name = f"inscriptions-{slugify(self.evenement.nom)[:60]}-{self.seance.jour.isoformat()}.csv"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        response["Cache-Control"] = "private, no-store"
        return response

    def lignes(self, people: list[Inscription], reads: bool) -> Iterator[list[Any]]:
        rangs = rangs_d_attente(self.seance)
        needs = besoins_de(people) if reads else {}
        for one in people:
            row = [
                one.nom,
                one.courriel,
                one.get_genre_display(),
                one.get_departement_display() if one.departement else "",
                one.structure,
                one.langue,
                one.get_etat_display(),
                rangs.get(one.pk, ""),
                day_of(one.cree_le) or "",
                one.get_source_display(),
                PRESENCES[one.present],
                "oui" if one.remboursement_demande else "",
            ]
            yield [*row, *([" ; ".join(dits(needs.get(one.pk)))] if reads else [])]


def _sure(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULAS) else value
