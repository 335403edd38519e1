"""What the team reads of the answers: totals for each page, and the comments of one."""

import datetime
from typing import Any, ClassVar

import django_filters
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import cached_property
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.models import Page
from wagtail.permission_policies import ModelPermissionPolicy

from socle.dates import day_of, today
from socle.reports import SafeExportMixin
from variantes.models.retours import Reponse, RetourLecture
from variantes.operations.retours import effacer_commentaire
from variantes.queries.retours import SUPPRIMEES, peut_effacer, peut_voir, retours_de, totaux

PERIODES = (("30", "30 derniers jours"), ("90", "3 derniers mois"), ("365", "12 derniers mois"))
INDEX, DETAIL, EFFACER = "retours_lecture", "retours_lecture_page", "retours_lecture_effacer"


class RetoursFilterSet(WagtailFilterSet):
    """When, and with a comment or not."""

    periode = django_filters.ChoiceFilter(label="Période", choices=PERIODES, method="depuis", empty_label="Toutes")
    commentaire = django_filters.ChoiceFilter(
        label="Commentaires", choices=(("avec", "Avec commentaire"),), method="avec_commentaire", empty_label="Tous"
    )

    class Meta:
        model = RetourLecture
        fields: ClassVar[list[str]] = []

    def depuis(self, rows: Any, name: str, value: str) -> Any:
        return rows.filter(jour__gt=today() - datetime.timedelta(days=int(value)))

    def avec_commentaire(self, rows: Any, name: str, value: str) -> Any:
        return rows.exclude(commentaire="")


class RetoursDePageFilterSet(RetoursFilterSet):
    """The same, and which answer."""

    reponse = django_filters.ChoiceFilter(
        label="Réponse", choices=[(value, str(label)) for value, label in Reponse.choices], empty_label="Toutes"
    )


class _RetoursBase(SafeExportMixin, ReportView):
    header_icon = "clipboard-list"
    model = RetourLecture
    permission_policy = ModelPermissionPolicy(RetourLecture)
    any_permission_required: ClassVar = ["view", "change"]


class RetoursView(_RetoursBase):
    """How many readers understood each page in FALC, the hardest pages first."""

    page_title = "Retours de lecture"
    verbose_name_plural = "pages"
    index_url_name = INDEX
    index_results_url_name = "retours_lecture_lignes"
    filterset_class = RetoursFilterSet
    columns: ClassVar = [
        TitleColumn(
            "titre",
            label="Page",
            accessor="titre",
            get_url=lambda row: reverse(DETAIL, args=[row["page_id"] or 0]),
        ),
        Column("compris", label="Compris", accessor="compris"),
        Column("pas_tout", label="Pas tout compris", accessor="pas_tout"),
        Column("pas_compris", label="Pas compris", accessor="pas_compris"),
        Column("total", label="Total", accessor="total"),
        Column("commentaires", label="Commentaires", accessor="commentaires"),
        Column("dernier", label="Dernier", accessor=lambda row: date_format(row["dernier"], "SHORT_DATE_FORMAT")),
    ]
    list_export: ClassVar = ["titre", "compris", "pas_tout", "pas_compris", "total", "commentaires", "dernier"]
    export_headings: ClassVar = {
        "titre": "Page",
        "compris": "Compris",
        "pas_tout": "Pas tout compris",
        "pas_compris": "Pas compris",
        "total": "Total",
        "commentaires": "Commentaires",
        "dernier": "Dernier",
    }

    def get_base_queryset(self) -> Any:
        return totaux()

    def get_filename(self) -> str:
        return f"retours-de-lecture-{today().isoformat()}"


def _texte_lu(retour: Any) -> str:
    """Which text the answer is about."""
    if retour.revision_id is None:
        return "Non connu"
    if retour.revision_id == retour.texte_actuel:
        return "Texte actuel"
    day = day_of(retour.revision.created_at)
    return f"Texte du {date_format(day, 'SHORT_DATE_FORMAT')}" if day else "Texte précédent"


class EffacerColumn(Column):
    """The way to delete a comment."""

    cell_template_name = "variantes/retours/effacer_cellule.html"


class RetoursDePageView(_RetoursBase):
    """Every answer about one page, with the comments, the latest first."""

    page_title = "Retours de lecture"
    index_url_name = DETAIL
    index_results_url_name = "retours_lecture_page_lignes"
    filterset_class = RetoursDePageFilterSet
    list_export: ClassVar = ["jour", "get_reponse_display", "texte_lu", "commentaire"]
    export_headings: ClassVar = {
        "jour": "Jour",
        "get_reponse_display": "Réponse",
        "texte_lu": "Texte lu",
        "commentaire": "Commentaire",
    }

    @cached_property
    def columns(self) -> list[Column]:
        shown = [
            Column("jour", label="Jour", accessor=lambda retour: date_format(retour.jour, "SHORT_DATE_FORMAT")),
            Column("reponse", label="Réponse", accessor="get_reponse_display"),
            Column("texte_lu", label="Texte lu", accessor=_texte_lu),
            Column("commentaire", label="Commentaire", accessor="commentaire"),
        ]
        if peut_effacer(self.request.user):
            shown.append(EffacerColumn("effacer", label="", accessor="pk"))
        return shown

    @cached_property
    def titre(self) -> str:
        pk = self.kwargs["page_id"]
        if not pk:
            return SUPPRIMEES
        title = Page.objects.filter(pk=pk).values_list("title", flat=True).first()
        if title is None:
            raise Http404(pk)
        return str(title)

    def get_page_subtitle(self) -> str:
        return self.titre

    def get_base_queryset(self) -> Any:
        return retours_de(self.kwargs["page_id"])

    def get_index_url(self) -> str:
        return reverse(self.index_url_name, args=[self.kwargs["page_id"]])

    def get_index_results_url(self) -> str:
        return reverse(self.index_results_url_name, args=[self.kwargs["page_id"]])

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [
            *self.breadcrumbs_items[:1],
            {"url": reverse(INDEX), "label": RetoursView.page_title},
            {"url": "", "label": self.titre},
        ]

    def to_row_dict(self, item: Any) -> dict[str, Any]:
        item.texte_lu = _texte_lu(item)
        row: dict[str, Any] = super().to_row_dict(item)
        return row

    def get_filename(self) -> str:
        return f"retours-de-lecture-page-{self.kwargs['page_id']}-{today().isoformat()}"


def effacer(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask before a comment is deleted, and delete it."""
    if not (peut_voir(request.user) and peut_effacer(request.user)):
        raise PermissionDenied
    retour = get_object_or_404(RetourLecture, pk=pk)
    retour_vers = reverse(DETAIL, args=[retour.page_id or 0])
    if request.method == "POST":
        effacer_commentaire(pk, request.user)
        messages.success(request, "Le commentaire est effacé. La réponse compte toujours.")
        return redirect(retour_vers)
    context = {
        "retour": retour,
        "annuler": retour_vers,
        "page_title": "Effacer le commentaire",
        "header_title": "Effacer le commentaire",
        "header_icon": "bin",
        "page_subtitle": "",
        "header_buttons": [],
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": "Accueil"},
            {"url": reverse(INDEX), "label": RetoursView.page_title},
            {"url": retour_vers, "label": retour.page_titre},
            {"url": "", "label": "Effacer le commentaire"},
        ],
    }
    return render(request, "variantes/retours/effacer.html", context)
