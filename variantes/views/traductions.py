"""What is done from the editor of translations: submitting, taking back, reading what a machine wrote."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.html import format_html, format_html_join
from django.views.decorators.http import require_POST
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Page
from wagtail_localize.models import Translation

from redaction.queries.choix import a_proposer
from variantes.forms_admin.traductions import LecturesForm
from variantes.models.traductions import CommentaireSegment
from variantes.operations import memoire
from variantes.operations import traductions as operations
from variantes.operations.traductions import SoumissionImpossible
from variantes.queries.traductions import avancement, peut_traduire
from variantes.views.barre import barre
from variantes.views.styles import STYLES

MOTIFS_MONTRES = 8
PAR_PAGE = 50


def page_de(translation: Translation) -> Page:
    """Return the page that a translation makes, or answer that there is none: terms and menus have no review."""
    page = Page.objects.filter(
        translation_key=translation.source.object_id, locale_id=translation.target_locale_id
    ).first()
    return get_object_or_404(Page, pk=page.pk if page else 0)


def _traduction(pk: int, user: Any) -> tuple[Translation, Page]:
    related = ("source__locale", "source__specific_content_type", "target_locale")
    translation = get_object_or_404(Translation.objects.select_related(*related), pk=pk, enabled=True)
    page = page_de(translation)
    if not peut_traduire(user, page):
        raise PermissionDenied
    return translation, page


def dire_pourquoi(request: HttpRequest, error: SoumissionImpossible, intro: str) -> None:
    """Show each reason with the segment that it is about."""
    shown = error.motifs[:MOTIFS_MONTRES]
    if len(error.motifs) == 1 and not shown[0].champ:
        messages.error(request, str(shown[0]))
        return
    items = format_html_join("", "<li>{}</li>", ((str(motif),) for motif in shown))
    more = len(error.motifs) - len(shown)
    rest = format_html("<li>et {} autres.</li>", more) if more else ""
    messages.error(request, format_html("{}<ul>{}{}</ul>", intro, items, rest))


@require_POST
def soumettre(request: HttpRequest, translation_id: int) -> HttpResponse:
    translation, page = _traduction(translation_id, request.user)
    try:
        operations.soumettre(translation, request.user)
    except SoumissionImpossible as error:
        dire_pourquoi(request, error, "La traduction n’est pas encore soumise :")
    else:
        name = translation.target_locale.get_display_name()
        messages.success(
            request,
            f"« {page.get_admin_display_title()} » est soumise à la relecture ({name}). Rien n’est public avant.",
        )
    return redirect("wagtailadmin_pages:edit", page.pk)


@require_POST
def reprendre(request: HttpRequest, page_id: int) -> HttpResponse:
    page = get_object_or_404(Page, pk=page_id)
    try:
        operations.reprendre(page, request.user)
    except SoumissionImpossible as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "La traduction n’est plus en relecture : vous pouvez la modifier.")
    return redirect("wagtailadmin_pages:edit", page.pk)


@require_POST
def traiter(request: HttpRequest, commentaire_id: int) -> HttpResponse:
    commentaire = get_object_or_404(CommentaireSegment.objects.select_related("page"), pk=commentaire_id)
    if operations.traiter(commentaire, request.user):
        messages.success(request, "Commentaire traité.")
    else:
        messages.info(request, "Ce commentaire était déjà traité.")
    return redirect("wagtailadmin_pages:edit", commentaire.page_id)


def fragment(request: HttpRequest, translation_id: int) -> HttpResponse:
    """The bar alone: the editor asks for it again after each string that it saves."""
    translation, page = _traduction(translation_id, request.user)
    return render(request, "variantes/traductions/barre.html", {"barre": barre(translation, page, request.user)})


@require_POST
def reprendre_souvenirs(request: HttpRequest, translation_id: int) -> HttpResponse:
    """Take from memory one string, or all that it has."""
    translation, page = _traduction(translation_id, request.user)
    source = request.POST.get("source")
    try:
        count = memoire.reprendre_souvenirs(translation, request.user, {source} if source else None)
    except SoumissionImpossible as error:
        messages.error(request, str(error))
    else:
        if count:
            taken = "1 passage est repris" if count == 1 else f"{count} passages sont repris"
            messages.success(request, f"{taken} de pages publiées : lisez-les avant de soumettre.")
        else:
            messages.info(request, "Il n’y a plus rien à reprendre pour ce passage.")
    return redirect("wagtailadmin_pages:edit", page.pk)


def page_choisie(request: HttpRequest, page_id: int) -> HttpResponse:
    """Name a page that the chooser of the editor may offer; Wagtail names only those that a person may open."""
    page = Page.objects.filter(a_proposer(request.user), pk=page_id).values("id", "title").first()
    if page is None:
        return JsonResponse({"id": page_id, "title": "Page indisponible"}, status=404)
    return JsonResponse(page)


class AutomatiquesView(WagtailAdminTemplateMixin, TemplateView):
    """What a machine translated and nobody has read yet, next to the source."""

    template_name = "variantes/traductions/automatiques.html"
    header_icon = "view"
    page_title = "Passages traduits par une machine"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.translation, self.page = _traduction(kwargs["translation_id"], request.user)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        # With any, Wagtail gives the screen a second title.
        return []

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = LecturesForm(request.POST)
        if not form.is_valid() or not form.lectures:
            messages.error(request, "Cochez les passages que vous avez lus.")
            return redirect(request.get_full_path())
        try:
            count = operations.marquer_lues(self.translation, request.user, form.lectures)
        except SoumissionImpossible as error:
            messages.error(request, str(error))
            return redirect("wagtailadmin_pages:edit", self.page.pk)
        if changed := len(form.lectures) - count:
            messages.warning(request, f"{changed} passage(s) avaient changé depuis : relisez-les.")
        if count:
            messages.success(request, "1 passage est lu." if count == 1 else f"{count} passages sont lus.")
        left = avancement(self.translation).a_lire
        return redirect(request.path) if left else redirect("wagtailadmin_pages:edit", self.page.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        paginator = Paginator(avancement(self.translation).a_lire, PAR_PAGE)
        shown = paginator.get_page(self.request.GET.get("p"))
        return {
            **super().get_context_data(**kwargs),
            "translation": self.translation,
            "page": self.page,
            "chaines": shown,
            "affiches": ",".join(f"{chaine.pk}:{chaine.empreinte}" for chaine in shown),
            "media": STYLES,
        }
