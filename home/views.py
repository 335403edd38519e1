"""Home page, contact form, site map."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from evenements.queries.pages import prochaines
from fiches.models import FichesIndexPage
from fiches.queries import dernieres
from home.forms import MessageForm
from home.models import ContactPage, HomePage
from home.operations import recevoir_message
from home.queries import arbre
from socle import page_cache
from socle.page_context import page_context
from socle.public_forms import lire
from socle.sites import reglages_of

MESSAGES_PAR_HEURE = 5


@page_context(HomePage)
def contexte_accueil(request: HttpRequest, page: HomePage) -> dict[str, Any]:
    """The latest resources and the next meetings of the language."""
    index = FichesIndexPage.objects.visible_to(request.user).filter(locale_id=page.locale_id).first()
    rencontres = prochaines(page.locale.language_code, request.user)
    return {
        "prochaines_rencontres": rencontres,
        # Their pages stand below that of the agenda.
        "lien_agenda": f"{rencontres[0].url.rstrip('/').rpartition('/')[0]}/" if rencontres else "",
        "dernieres_fiches": dernieres(page.locale.language_code, request.user),
        "lien_fiches": index.get_url() if index else "",
    }


@page_context(ContactPage)
def contexte_contact(request: HttpRequest, page: ContactPage) -> dict[str, Any]:
    """An empty form, or the thanks after a message."""
    return {"formulaire": MessageForm(), "envoye": request.GET.get("envoye") == "1"}


# Exempt because the form carries no authority of a session; a token would need a cookie on a first visit.
@csrf_exempt
def contact_envoyer(request: HttpRequest) -> HttpResponse:
    """Receive a contact message; errors come back in the same page with everything that was typed."""
    pages = ContactPage.objects.visible_to(request.user).in_language(get_language() or "")
    page = pages.select_related("locale").first()
    if page is None:
        return redirect("racine")
    if request.method != "POST":
        return redirect(page.get_url())
    envoi = lire(
        request,
        MessageForm,
        "contact",
        limite=MESSAGES_PAR_HEURE,
        trop_souvent=_("Vous avez envoyé plusieurs messages. Attendez une heure, ou écrivez-nous par e-mail."),
    )
    if envoi.accepte:
        message = envoi.formulaire.instance
        message.langue = page.locale.language_code
        recevoir_message(message, reglages_of(request).courriel)
    if envoi.accepte or envoi.robot:
        return redirect(f"{page.get_url()}?envoye=1")
    context = {**page.get_context(request), "formulaire": envoi.formulaire, "envoye": False}
    return render(request, page.get_template(request), context, status=envoi.status)


def plan_du_site(request: HttpRequest) -> HttpResponse:
    """Every page of the language, as a tree."""
    return page_cache.allow(
        render(request, "home/plan_du_site.html", {"arbre": arbre(get_language() or "", request.user)})
    )
