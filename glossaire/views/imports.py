"""Tables of terms: the models to fill in, the report of what one would change, and how far its writing is."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from glossaire.fichiers import TAILLE, XLSX, Valeurs, modele_csv, modele_xlsx
from glossaire.forms_import import TableauForm
from glossaire.models import LigneImport
from glossaire.models.imports import Resultat
from glossaire.operations import import_termes as operations
from glossaire.queries.imports import comptes, imports_de, lignes_de_l_import, peut_importer
from glossaire.queries.valeurs import valeurs_acceptees
from glossaire.tableau import COLONNES, OBLIGATOIRES, PAR_NOM

PAR_PAGE = 50
TITRE = "Importer des termes"


class EcranImport(WagtailAdminTemplateMixin, TemplateView):
    """A screen for those who import terms."""

    page_title = TITRE
    header_icon = "upload"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not peut_importer(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class ImportsView(EcranImport):
    """Send a table, and find those that were sent before."""

    template_name = "glossaire/import/accueil.html"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": TITRE}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = {
            "form": TableauForm(),
            "refus": [],
            "imports": Paginator(imports_de(self.request.user), PAR_PAGE).get_page(self.request.GET.get("p")),
            "colonnes": COLONNES,
            "obligatoires": OBLIGATOIRES,
            "valeurs": valeurs_acceptees(),
        }
        return super().get_context_data(**{**context, **kwargs})

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = TableauForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        sent = form.cleaned_data["fichier"]
        try:
            # One byte too many is enough to know.
            importation = operations.preparer(sent.read(TAILLE + 1), sent.name or "", request.user)
        except ValidationError as reason:
            return self.render_to_response(self.get_context_data(refus=reason.messages))
        return redirect(importation.url_admin)


class ImportView(EcranImport):
    """One table: what it would change, line by line; then what became of each line."""

    page_title = "Import de termes"
    template_name = "glossaire/import/rapport.html"

    @cached_property
    def importation(self) -> Any:
        return get_object_or_404(imports_de(self.request.user), pk=self.kwargs["import_id"])

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        importation = self.importation
        if "etat" in request.GET:
            state = {"faites": importation.total - importation.a_faire, "fini": bool(importation.fini_le)}
            return JsonResponse({**state, "total": importation.total, "interrompu": importation.interrompu()})
        response: HttpResponse = super().get(request, *args, **kwargs)
        return response

    def get_page_subtitle(self) -> str:
        return str(self.importation.fichier)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse("glossaire_imports"), "label": TITRE},
            {"url": "", "label": self.importation.fichier},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        importation = self.importation
        wanted = self.request.GET.get("resultat", "")
        resultat = wanted if wanted in Resultat.values else ""
        found = lignes_de_l_import(importation, resultat)
        lignes = Paginator(found, PAR_PAGE).get_page(self.request.GET.get("p"))
        return super().get_context_data(
            **kwargs,
            importation=importation,
            interrompu=importation.interrompu(),
            faites=importation.total - importation.a_faire,
            lignes=lignes,
            rangees=[(ligne, _champs(ligne)) for ligne in lignes],
            comptes=comptes(importation),
            resultat=resultat,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Write what the report shows, forget it, or start again what has stopped."""
        importation = self.importation
        try:
            if "abandonner" in request.POST:
                operations.abandonner(importation, request.user)
                messages.success(request, "Ce tableau est oublié : rien n’a été importé.")
                return redirect("glossaire_imports")
            if "reprendre" in request.POST:
                operations.relancer(importation, request.user)
                messages.success(request, "L’import reprend là où il s’était arrêté.")
            elif operations.confirmer(importation, request.user):
                messages.success(request, "L’import est lancé. Rien ne devient public : ce sont des brouillons.")
            else:
                messages.warning(
                    request,
                    "Le glossaire a changé depuis ce rapport. Le voici refait : relisez-le, puis confirmez. Rien n’a"
                    " encore été importé.",
                )
        except ValidationError as reason:
            messages.error(request, " ".join(reason.messages))
        return redirect(importation.url_admin)


def _champs(ligne: LigneImport) -> list[tuple[str, str, str]]:
    """What the line changes, under the names that the screen gives to the columns."""
    return [(PAR_NOM[nom].libelle, avant, apres) for nom, avant, apres in ligne.changements if nom in PAR_NOM]


def modele(request: HttpRequest, extension: str) -> HttpResponse:
    """A table to fill in."""
    if not peut_importer(request.user):
        raise PermissionDenied
    if extension == "csv":
        response = HttpResponse(modele_csv(), content_type="text/csv; charset=utf-8")
    else:
        found = [Valeurs(each.colonne, each.acceptees) for each in valeurs_acceptees()]
        response = HttpResponse(modele_xlsx(found), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="modele-glossaire.{extension}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
