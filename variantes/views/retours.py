"""The form by which a reader says whether a page in FALC was understood. No account, no cookie, never cached."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from wagtail.models import Page

from socle.public_forms import lire
from socle.sites import url_of
from variantes.forms.retours import RetourForm
from variantes.models.retours import Reponse
from variantes.operations.retours import deposer
from variantes.queries.retours import page_a_juger

# A reading group of ten shares one address, and reads several pages.
AVIS_PAR_HEURE = 60


# The view uses nothing of a session (docs/decisions/0007): a token would need a cookie on a first visit.
@csrf_exempt
def avis(request: HttpRequest, page_id: int, reponse: str) -> HttpResponse:
    """The form, with the face that was chosen at the end of the page."""
    page = _page(request, page_id)
    if reponse not in Reponse.values:
        raise Http404(reponse)

    def make(data: Any = None) -> RetourForm:
        return RetourForm(data, initial={"reponse": reponse})

    if request.method != "POST":
        return _montrer(request, page, make(), 200)
    envoi = lire(
        request,
        make,
        "retour_lecture",
        limite=AVIS_PAR_HEURE,
        trop_souvent=_("Vous avez donné beaucoup d’avis. Attendez une heure."),
    )
    if envoi.accepte:
        deposer(page, envoi.formulaire.cleaned_data["reponse"], envoi.formulaire.cleaned_data["commentaire"])
    if envoi.accepte or envoi.robot:
        return redirect("avis_merci", page_id=page.pk)
    return _montrer(request, page, envoi.formulaire, envoi.status)


def merci(request: HttpRequest, page_id: int) -> HttpResponse:
    """Thanks, and the way back to the page."""
    page = _page(request, page_id)
    return render(request, "variantes/lecture/avis_merci.html", {"titre": _("Merci !"), "url_page": url_of(page)})


def _page(request: HttpRequest, page_id: int) -> Page:
    page = page_a_juger(page_id) if get_language() == settings.FALC_LANGUAGE_CODE else None
    if page is None:
        raise Http404(page_id)
    request.page_evoquee = page  # type: ignore[attr-defined]  # read by the context processor
    return page


def _montrer(request: HttpRequest, page: Page, formulaire: RetourForm, status: int) -> HttpResponse:
    chosen = formulaire["reponse"].value()
    context = {
        "titre": _("Votre avis"),
        "resume": page.title,
        "url_page": url_of(page),
        "formulaire": formulaire,
        "visages": [(value, label, value == chosen) for value, label in Reponse.choices],
    }
    return render(request, "variantes/lecture/avis.html", context, status=status)
