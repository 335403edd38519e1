"""What visitors send: proposals, problems on a page, answers to a question. No account, no cookie."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from wagtail.models import Page

from redaction.forms import PropositionForm, ReponseForm
from redaction.jetons import COMPLETER, CONFIRMER, lire_jeton
from redaction.models import MessageProposition, Proposition
from redaction.operations.propositions import completer, confirmer, deposer
from redaction.propositions import Genre, genre, genres
from socle import page_cache
from socle.public_forms import lire
from socle.queries import readable_pages
from socle.rate_limit import allowed

PROBLEME = "probleme"
ENVOIS_PAR_HEURE = 5
SIGNALEMENTS_PAR_HEURE = 20
# Mails that ask an address to confirm itself, whoever sends them.
COURRIELS_PAR_JOUR = 3
JOUR = 24 * 3600


def proposer(request: HttpRequest) -> HttpResponse:
    """What can be proposed, and what happens then."""
    choix = [(kind, _adresse(kind)) for kind in genres() if kind.cle != PROBLEME]
    return page_cache.allow(render(request, "redaction/proposer.html", {"choix": choix}))


# The three views below use nothing of a session (docs/decisions/0007): a token would need a cookie on a first visit.
@csrf_exempt
def proposer_genre(request: HttpRequest, cle: str) -> HttpResponse:
    """The form of one kind of proposal."""
    if cle == PROBLEME:
        raise Http404(cle)
    return _formulaire(request, _genre(cle), ENVOIS_PAR_HEURE)


@csrf_exempt
def signaler(request: HttpRequest) -> HttpResponse:
    """The form to tell a problem on a page."""
    return _formulaire(request, _genre(PROBLEME), SIGNALEMENTS_PAR_HEURE)


def _genre(cle: str) -> Genre:
    kind = genre(cle)
    if kind is None:
        raise Http404(cle)
    return kind


def _adresse(kind: Genre) -> str:
    return reverse("signaler") if kind.cle == PROBLEME else reverse("proposer_genre", args=[kind.cle])


def _formulaire(request: HttpRequest, kind: Genre, limite: int) -> HttpResponse:
    page = page_citee(request) if kind.formulaire.sur_une_page else None

    def make(data: Any = None) -> PropositionForm:
        form: PropositionForm = kind.formulaire(data, page=page)
        return form

    if request.method != "POST":
        return page_cache.allow(_montrer(request, kind, make(), 200))
    trop_souvent = _("Vous avez envoyé plusieurs messages. Attendez une heure, puis envoyez celui-ci à nouveau.")
    envoi = lire(request, make, f"proposition:{kind.cle}", limite=limite, trop_souvent=trop_souvent)
    merci = redirect("signaler_merci" if kind.cle == PROBLEME else "proposition_merci")
    if envoi.robot:
        return merci
    if not envoi.accepte:
        return _montrer(request, kind, envoi.formulaire, envoi.status)
    depot = envoi.formulaire.depot(kind, get_language() or "fr")
    if depot.courriel and not _peut_recevoir(request, depot.courriel):
        envoi.formulaire.add_error(
            "courriel", _("Nous avons déjà écrit plusieurs fois à cette adresse. Attendez demain pour recommencer.")
        )
        return _montrer(request, kind, envoi.formulaire, 422)
    deposer(depot)
    return merci


def _peut_recevoir(request: HttpRequest, courriel: str) -> bool:
    return allowed(request, "proposition", limit=COURRIELS_PAR_JOUR, period=JOUR, sender=courriel.lower())


def _montrer(request: HttpRequest, kind: Genre, formulaire: Any, status: int) -> HttpResponse:
    context = {"genre": kind, "formulaire": formulaire, "page_citee": formulaire.page, "probleme": kind.cle == PROBLEME}
    return render(request, "redaction/proposition.html", context, status=status)


def page_citee(request: HttpRequest) -> Page | None:
    """Return the page that the visitor comes from; one they may not read is as one that does not exist."""
    number = request.GET.get("page", "")
    if not (number.isascii() and number.isdecimal() and len(number) < 10):
        return None
    pages = readable_pages(get_language() or "", request.user)
    page: Page | None = pages.filter(pk=int(number), depth__gt=1).select_related("locale").first()
    return page


def merci(request: HttpRequest) -> HttpResponse:
    """A mail was sent to the address that was given."""
    return _remercier(request, probleme=False)


def signaler_merci(request: HttpRequest) -> HttpResponse:
    return _remercier(request, probleme=True)


def _remercier(request: HttpRequest, *, probleme: bool) -> HttpResponse:
    context = {"titre": _("Merci !"), "probleme": probleme}
    return page_cache.allow(render(request, "redaction/proposition_merci.html", context))


# Programs that check mails open links: opening one changes nothing, the button does.
@csrf_exempt
def confirmer_adresse(request: HttpRequest, jeton: str) -> HttpResponse:
    """The link of the first mail."""
    proposition = Proposition.objects.filter(pk=lire_jeton(jeton, CONFIRMER) or 0).select_related("contact").first()
    contact = getattr(proposition, "contact", None)
    if proposition is None or contact is None:
        return _perime(request)
    if request.method == "POST":
        confirmer(proposition.pk)
        return redirect("proposition_confirmer", jeton=jeton)
    context = {
        "titre": _("Confirmer mon adresse"),
        "fait": contact.confirme_le is not None,
        "probleme": proposition.genre == PROBLEME,
    }
    return render(request, "redaction/proposition_confirmer.html", context)


@csrf_exempt
def completer_proposition(request: HttpRequest, jeton: str) -> HttpResponse:
    """The link of a question from the team."""
    questions = MessageProposition.objects.filter(nature=MessageProposition.Nature.QUESTION)
    question = questions.filter(pk=lire_jeton(jeton, COMPLETER) or 0).select_related("proposition").first()
    if question is None:
        return _perime(request)
    context: dict[str, Any] = {
        "titre": _("Répondre à l’équipe"),
        "question": question,
        "fait": question.repondu_le or question.proposition.close,
    }
    if context["fait"] or request.method != "POST":
        context["formulaire"] = ReponseForm()
        return render(request, "redaction/proposition_completer.html", context)
    trop_souvent = _("Vous avez envoyé plusieurs messages. Attendez une heure, puis envoyez celui-ci à nouveau.")
    envoi = lire(request, ReponseForm, "proposition:reponse", limite=ENVOIS_PAR_HEURE, trop_souvent=trop_souvent)
    if envoi.accepte:
        completer(question.pk, envoi.formulaire.cleaned_data["texte"])
    if envoi.accepte or envoi.robot:
        return redirect("proposition_completer", jeton=jeton)
    context["formulaire"] = envoi.formulaire
    return render(request, "redaction/proposition_completer.html", context, status=envoi.status)


def _perime(request: HttpRequest) -> HttpResponse:
    """The same answer for a link too old, spoilt, or whose proposal was deleted."""
    return render(request, "redaction/proposition_perimee.html", {"titre": _("Ce lien ne marche plus")}, status=410)
