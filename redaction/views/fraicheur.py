"""The report of the pages to read again, and the screen that says that they still hold."""

import datetime
from typing import Any, ClassVar

import django_filters
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse, reverse_lazy
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.filters import ContentTypeFilter, WagtailFilterSet
from wagtail.admin.ui.tables import BaseColumn, Column, TitleColumn
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.admin.views.reports import PageReportView
from wagtail.models import Page, get_page_content_types

from redaction.forms_admin.fraicheur import ToujoursValableForm
from redaction.operations.fraicheur import toujours_valable
from redaction.queries.fraicheur import a_revoir, confirmables, noter_confirmables
from socle.dates import today
from socle.facettes import VOCABULAIRES, noms_des_vocabulaires
from socle.reports import SafeExportMixin
from socle.search import avec_une_valeur

HORIZON = datetime.timedelta(days=90)
DELAIS = (("retard", "En retard"), ("30", "D’ici 30 jours"), ("90", "D’ici 90 jours"), ("sans", "Sans date"))


def _termes() -> list[tuple[str, list[tuple[str, str]]]]:
    names = noms_des_vocabulaires("fr")
    return [
        (str(titre), [(f"{facette}:{slug}", nom) for slug, nom in names[facette]])
        for facette, (_model, titre) in VOCABULAIRES.items()
        if names[facette]
    ]


def _types(request: HttpRequest | None) -> QuerySet[ContentType]:
    types: QuerySet[ContentType] = get_page_content_types(include_base_page_type=False)
    return types


class ARevoirFilterSet(WagtailFilterSet):
    delai = django_filters.ChoiceFilter(label="Délai", choices=DELAIS, method="filter_delai", empty_label="Tous")
    content_type = ContentTypeFilter(label="Type", queryset=_types)
    terme = django_filters.ChoiceFilter(label="Terme", choices=_termes, method="filter_terme", empty_label="Tous")

    class Meta:
        model = Page
        fields: ClassVar = ["delai", "content_type", "terme"]

    def filter_delai(self, pages: QuerySet[Page], name: str, value: str) -> QuerySet[Page]:
        if value == "sans":
            return pages.filter(prochaine_revision=None)
        days = 0 if value == "retard" else int(value)
        return pages.filter(prochaine_revision__lte=today() + datetime.timedelta(days=days))

    def filter_terme(self, pages: QuerySet[Page], name: str, value: str) -> QuerySet[Page]:
        facette, _sep, slug = value.partition(":")
        found: QuerySet[Page] = avec_une_valeur(pages, facette, [slug])
        return found


def _prochaine(page: Any) -> str:
    if page.prochaine_revision is None:
        return "Sans date"
    late = " (en retard)" if page.prochaine_revision <= today() else ""
    return f"{_court(page.prochaine_revision)}{late}"


def _court(day: datetime.date | None) -> str:
    return date_format(day, "SHORT_DATE_FORMAT") if day else ""


class ChoixColumn(BaseColumn):
    """A box to tick, on the pages that the person may confirm."""

    cell_template_name = "redaction/fraicheur/choix.html"


class ARevoirView(SafeExportMixin, PageReportView):
    """The public pages to be read again within three months, the oldest date first."""

    page_title = "À revoir"
    header_icon = "history"
    filterset_class = ARevoirFilterSet
    index_url_name = "a_revoir"
    index_results_url_name = "a_revoir_lignes"
    results_template_name = "redaction/fraicheur/a_revoir_lignes.html"
    any_permission_required: ClassVar = ["change"]
    context_object_name = None
    columns: ClassVar = [
        ChoixColumn("choix", label="Choisir", width="8%"),
        TitleColumn(
            "title",
            label="Titre",
            accessor="get_admin_display_title",
            url_name="wagtailadmin_pages:edit",
            get_title_id=lambda page: f"titre-{page.pk}",
            sort_key="title",
        ),
        Column("type", label="Type", accessor="page_type_display_name"),
        Column("langue", label="Langue", accessor="locale.get_display_name"),
        Column("revise_le", label="Révisée le", accessor=lambda page: _court(page.revise_le), sort_key="revise_le"),
        Column("prochaine_revision", label="À revoir le", accessor=_prochaine, sort_key="prochaine_revision"),
        Column("owner", label="Responsable", accessor=lambda page: str(page.owner or "")),
    ]
    list_export: ClassVar = [
        "title",
        "page_type_display_name",
        "locale.get_display_name",
        "revise_le",
        "prochaine_revision",
        "nom_du_responsable",
    ]
    export_headings: ClassVar = {
        "title": "Titre",
        "page_type_display_name": "Type",
        "locale.get_display_name": "Langue",
        "revise_le": "Révisée le",
        "prochaine_revision": "À revoir le",
        "nom_du_responsable": "Responsable",
    }

    def get_base_queryset(self) -> QuerySet[Page]:
        return a_revoir(self.request.user, today() + HORIZON).select_related("locale", "owner", "content_type")

    def decorate_paginated_queryset(self, object_list: Any) -> Any:
        return noter_confirmables(object_list, self.request.user)

    def to_row_dict(self, item: Any) -> dict[str, Any]:
        item.nom_du_responsable = str(item.owner or "")
        row: dict[str, Any] = super().to_row_dict(item)
        return row

    def get_filename(self) -> str:
        return f"a-revoir-{today().isoformat()}"


class ToujoursValableView(WagtailAdminTemplateMixin, FormView):
    """Say of the chosen pages that their text still holds; the addresses carry which."""

    page_title = "Toujours valable"
    header_icon = "check"
    template_name = "redaction/fraicheur/geste.html"
    consigne = (
        "Vous avez relu ces pages : leur texte n’a pas besoin de changer. Leur date de révision devient celle "
        "d’aujourd’hui."
    )
    bouton = page_title
    form_class = ToujoursValableForm
    success_url = reverse_lazy("a_revoir")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not Page.objects.filter(confirmables(request.user)).exists():
            raise PermissionDenied
        if not self.pages:
            messages.warning(request, "Choisissez au moins une page.")
            return HttpResponseRedirect(self.success_url)
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def pages(self) -> list[Page]:
        """The chosen pages; raises `PermissionDenied` if one is not for the person to confirm."""
        chosen = {int(pk) for pk in self.request.GET.getlist("page") if pk.isdecimal() and len(pk) < 10}
        pages = Page.objects.filter(pk__in=chosen, live=True, alias_of=None)
        found = list(pages.filter(confirmables(self.request.user)).order_by("title", "pk"))
        if len(found) != pages.count():
            raise PermissionDenied
        return found

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("a_revoir"), "label": ARevoirView.page_title},
            {"url": "", "label": self.page_title},
        ]

    def form_valid(self, form: ToujoursValableForm) -> HttpResponse:
        number = toujours_valable([page.pk for page in self.pages], self.request.user, **form.cleaned_data)
        done = "1 page est toujours valable." if number == 1 else f"{number} pages sont toujours valables."
        messages.success(self.request, done)
        return super().form_valid(form)
