"""Reports for editors."""

from typing import Any, ClassVar

from django.conf import settings
from django.db.models import F, Max, QuerySet, Sum
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.reports import ReportView
from wagtail.permission_policies import ModelPermissionPolicy

from socle.models import RechercheSansResultat

# A spreadsheet would run a cell that begins so.
FORMULAS = ("=", "+", "-", "@", "\t", "\r")


class SafeExportMixin:
    """Text stays text in the spreadsheets that people open; Wagtail sees to it in XLSX only."""

    def preprocess_field_value(self, field: str, value: Any, export_format: str) -> Any:
        written = super().preprocess_field_value(field, value, export_format)  # type: ignore[misc]  # of Wagtail's
        if export_format == "csv" and isinstance(written, str) and written.startswith(FORMULAS):
            return f"'{written}"
        return written


class EditorsPolicy(ModelPermissionPolicy):
    """Whoever enters the admin may read the counts: they tell nothing of anyone."""

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        return user.is_active and user.has_perm("wagtailadmin.access_admin")


def _langue(row: dict[str, Any]) -> str:
    return str(dict(settings.LANGUAGES).get(row["langue"], row["langue"]))


class RecherchesSansResultatView(SafeExportMixin, ReportView):
    """Words that readers looked for in vain during the last twelve months, the most frequent first."""

    page_title = "Recherches sans résultat"
    header_icon = "search"
    model = RechercheSansResultat
    index_url_name = "recherches_sans_resultat"
    index_results_url_name = "recherches_sans_resultat_results"
    permission_policy = EditorsPolicy(RechercheSansResultat)
    any_permission_required: ClassVar = ["view"]
    columns: ClassVar = [
        Column("mots", label="Mots cherchés", accessor="mots"),
        Column("langue", label="Langue", accessor=_langue),
        Column("total", label="Recherches", accessor="total"),
        Column("dernier", label="Dernier jour", accessor="dernier"),
    ]
    list_export: ClassVar = ["mots", "langue", "total", "dernier"]
    export_headings: ClassVar = {
        "mots": "Mots cherchés",
        "langue": "Langue",
        "total": "Recherches",
        "dernier": "Dernier jour",
    }

    def get_queryset(self) -> QuerySet[Any, Any]:
        rows = RechercheSansResultat.objects.values("mots", "langue")
        counted = rows.annotate(total=Sum("nombre"), dernier=Max("jour"))
        self.queryset = counted.order_by(F("total").desc(), F("dernier").desc(), "mots", "langue")
        return self.queryset

    def get_filename(self) -> str:
        return "recherches-sans-resultat"
