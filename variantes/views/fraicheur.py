"""The grid "Variantes", and what is said of a variant when the French page has changed."""

import csv
import re
from collections.abc import Iterator
from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.forms import Form, Media
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse, reverse_lazy
from django.utils.functional import cached_property
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.models import Page

from redaction.queries.fraicheur import branches_confirmables, confirmables
from redaction.queries.roles import roles_de
from redaction.views.historique import ComparaisonView
from socle.dates import day_of, today
from socle.reports import FORMULAS
from socle.sites import url_of
from variantes.forms_admin.fraicheur import FiltresForm, NoteForm
from variantes.operations.fraicheur import prendre_en_compte, toujours_valables
from variantes.queries import fraicheur
from variantes.queries.falc import ecrit_en_falc
from variantes.queries.gardes import ENVOIENT
from variantes.queries.grille import Cellule, Etat, Filtres, Grille, Ligne, langues_ecrites, peut_voir

PAR_PAGE = 50
TITRE = "Variantes"
STYLES = Media(css={"all": ["css/admin/bureau.css", "css/admin/variantes.css"]})
# A variant, and the version of the French page that was on the screen.
CHOIX = re.compile(r"(\d{1,9}):(\d{1,9})")
COLONNES = (
    "Page en français",
    "Type",
    "Remarque",
    "Langue",
    "État",
    "Depuis le",
    "Jours",
    "Qui",
    "Précisions",
    "Version en français du",
    "Adresse",
)


class GrilleView(WagtailAdminTemplateMixin, TemplateView):
    """Each French page, and what there is of it in each language."""

    page_title = TITRE
    header_icon = "site"
    template_name = "variantes/fraicheur/grille.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not peut_voir(request.user):
            raise PermissionDenied
        self.form = FiltresForm(request.GET)
        if request.method == "GET" and request.GET.get("export") == "csv" and self.form.is_valid():
            return exporter(Grille(request.user, self.form.filtres))
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        filtres = self.form.filtres
        grille = Grille(self.request.user, filtres)
        resume, numbers = grille.resume()
        paginator = Paginator(numbers, PAR_PAGE)
        page = paginator.get_page(self.request.GET.get("p"))
        shown = Presentation(self.request.user).lignes(grille.lignes(list(page.object_list)))
        return {
            **super().get_context_data(**kwargs),
            "filtres": self.form,
            "filtree": filtres != Filtres(),
            "resume": resume,
            "locales": grille.locales,
            "lignes": shown,
            "confirmables": any(case["confirmable"] for row in shown for case in row["cellules"]),
            "page_obj": page,
            "pages": paginator.get_elided_page_range(page.number),
            "export": self._export(),
            "media": STYLES,
        }

    def _export(self) -> str:
        query = self.request.GET.copy()
        query.pop("p", None)
        query["export"] = "csv"
        return f"?{query.urlencode()}"


class Presentation:
    """What a person may open and do in each row."""

    def __init__(self, user: Any) -> None:
        self.user = user
        self.branches = tuple(branches_confirmables(user))
        self.langues = langues_ecrites(user)
        self.falc = ecrit_en_falc(user)
        self.envoie = any(role in ENVOIENT for role in roles_de(user))

    def lignes(self, lignes: list[Ligne]) -> list[dict[str, Any]]:
        readable = [ligne.page_id for ligne in lignes if ligne.publique and not ligne.restreinte]
        pages = Page.objects.in_bulk(readable)
        return [
            {
                "ligne": ligne,
                "modifiable": ligne.path.startswith(self.branches),
                "url": url_of(pages[ligne.page_id]) if ligne.page_id in pages else "",
                "cellules": [self.cellule(ligne, cellule) for cellule in ligne.cellules],
            }
            for ligne in lignes
        ]

    def cellule(self, ligne: Ligne, cellule: Cellule) -> dict[str, Any]:
        confirmable = bool(cellule.page_id and cellule.path.startswith(self.branches))
        return {
            "cellule": cellule,
            "modifiable": confirmable or (cellule.page_id is not None and cellule.proprietaire == self.user.pk),
            "confirmable": confirmable
            and cellule.etat != Etat.ALIAS
            and (cellule.en_retard or cellule.brouillon_ancien),
            "creer": self.creer(ligne, cellule),
        }

    def creer(self, ligne: Ligne, cellule: Cellule) -> str:
        """Return where a variant is begun, for those who may; the screen asks for the rest."""
        if cellule.etat != Etat.MANQUANTE or ligne.sans_source:
            return ""
        if cellule.locale.language_code == settings.FALC_LANGUAGE_CODE:
            # A page that not everybody reads has no version in FALC.
            possible = self.falc and not ligne.restreinte
            return reverse("variantes_creer_falc", args=[ligne.page_id]) if possible else ""
        # Who only translates is shown no French text that is closed.
        writes = self.langues is None or (cellule.locale.pk in self.langues and not ligne.restreinte)
        if not writes and not (self.envoie and ligne.path.startswith(self.branches)):
            return ""
        address = reverse("wagtail_localize:submit_page_translation", args=[ligne.page_id])
        return f"{address}?select_locale={cellule.locale.language_code}"


def exporter(grille: Grille) -> HttpResponseBase:
    """Send the cells that the filters look for, one a line, as they are read."""
    response = StreamingHttpResponse(_lignes_csv(grille), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="variantes-{today().isoformat()}.csv"'
    return response


class _Echo:
    """What a writer of CSV writes to when each line is to be sent at once."""

    def write(self, value: str) -> str:
        return value


def _lignes_csv(grille: Grille) -> Iterator[str]:
    writer = csv.writer(_Echo(), delimiter=";")
    # Spreadsheets read UTF-8 when it begins so.
    yield "\ufeff" + writer.writerow(COLONNES)
    for ligne in grille.par_lots():
        for cellule in ligne.cellules:
            if cellule.etat and grille.retenue(cellule):
                yield writer.writerow([_sure(value) for value in _valeurs(ligne, cellule)])


def _valeurs(ligne: Ligne, cellule: Cellule) -> list[Any]:
    return [
        ligne.titre,
        ligne.genre,
        ligne.remarque,
        cellule.locale.get_display_name(),
        cellule.etat.label if cellule.etat else "",
        day_of(cellule.depuis) or "",
        "" if cellule.jours is None else cellule.jours,
        cellule.qui,
        ", ".join(cellule.details),
        day_of(cellule.majeure_le) or "",
        reverse("wagtailadmin_pages:edit", args=[cellule.page_id]) if cellule.page_id else "",
    ]


def _sure(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULAS) else value


class VariantesView(WagtailAdminTemplateMixin, FormView):
    """Something that is said of chosen variants; the address carries which, and the French version that was read."""

    template_name = "variantes/fraicheur/geste.html"
    success_url = reverse_lazy("variantes")
    consigne: ClassVar[str]
    bouton: ClassVar[str]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not branches_confirmables(request.user):
            raise PermissionDenied
        if not self.pages:
            messages.warning(request, "Choisissez au moins une page dans la liste.")
            return HttpResponseRedirect(self.get_success_url())
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def lues(self) -> dict[int, int]:
        found = (CHOIX.fullmatch(value) for value in self.request.GET.getlist("v"))
        return {int(match[1]): int(match[2]) for match in found if match}

    @cached_property
    def pages(self) -> list[Page]:
        """The chosen variants; raises `PermissionDenied` if one is not for the person to change."""
        pages = fraicheur.variantes().filter(pk__in=self.lues)
        found = list(
            pages.filter(confirmables(self.request.user)).select_related("locale").order_by("draft_title", "pk")
        )
        if len(found) != pages.count():
            raise PermissionDenied
        return found

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("variantes"), "label": TITRE},
            {"url": "", "label": self.page_title},
        ]

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            done = self.faire(form)
        except ValidationError as error:
            form.add_error(None, error)
            return self.form_invalid(form)
        messages.success(self.request, done)
        return super().form_valid(form)

    def faire(self, form: Any) -> str:
        """Do it, and say what was done."""
        raise NotImplementedError


class ToujoursValableView(VariantesView):
    """The French page has changed, and the text of these variants has not to."""

    page_title = "Toujours valable"
    header_icon = "check"
    consigne = (
        "La page en français a changé. Vous avez vérifié que le texte de ces pages n’a pas besoin de changer : les "
        "lecteurs ne verront plus qu’il est plus ancien."
    )
    bouton = page_title
    form_class = NoteForm

    def faire(self, form: NoteForm) -> str:
        number = toujours_valables(
            [page.pk for page in self.pages], self.request.user, form.cleaned_data["note"], self.lues
        )
        return "1 page est toujours valable." if number == 1 else f"{number} pages sont toujours valables."


class PriseEnCompteView(VariantesView):
    """The draft of one variant says what the new French page says."""

    page_title = "Nouvelle version prise en compte"
    header_icon = "edit"
    consigne = (
        "Vous avez reporté dans le brouillon ce qui a changé en français. Le texte public reste signalé comme plus "
        "ancien jusqu’à la publication du brouillon."
    )
    bouton = "Mon brouillon en tient compte"
    form_class = Form

    def get_success_url(self) -> str:
        return reverse("wagtailadmin_pages:edit", args=[self.pages[0].pk]) if self.pages else reverse("variantes")

    def faire(self, form: Form) -> str:
        page = self.pages[0]
        prendre_en_compte(page, self.request.user, self.lues[page.pk])
        return f"Le brouillon de « {page.get_admin_display_title()} » tient compte de la nouvelle version en français."


class ChangementsView(ComparaisonView):
    """What has changed in the French page since the version that a variant was made from.

    For those who may change the variant; most of them have no right on the French page.
    """

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        self.variante = get_object_or_404(fraicheur.variantes(), pk=kwargs["page_id"])
        self.changement = fraicheur.changement(self.variante)
        self.avant = self.changement.avant if self.changement else None
        super().setup(request, kwargs["page_id"], str(self.avant.pk) if self.avant else "live", "live")

    def get_object(self, queryset: Any = None) -> Any:
        if not self.variante.specific.permissions_for_user(self.request.user).can_edit():
            raise PermissionDenied
        return (self.changement.source if self.changement else self.variante).specific

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.changement is None:
            messages.success(
                request, "Rien n’a changé : cette page est faite d’après la page en français d’aujourd’hui."
            )
        elif not self.changement.source.live:
            messages.warning(request, "La page en français n’est plus publique : il n’y a rien à comparer.")
        elif self.avant is None:
            messages.warning(request, "L’ancienne version n’est plus gardée : relisez la page en français.")
        else:
            answer: HttpResponse = super().get(request, *args, **kwargs)
            return answer
        return HttpResponseRedirect(reverse("wagtailadmin_pages:edit", args=[self.variante.pk]))

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [
            {"url": reverse("variantes"), "label": TITRE},
            {
                "url": reverse("wagtailadmin_pages:edit", args=[self.variante.pk]),
                "label": self.variante.get_admin_display_title(),
            },
            {"url": "", "label": "Ce qui a changé en français"},
        ]
