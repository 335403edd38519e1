"""The survey of the day after, opened by a link that says nothing of who follows it. No account, no cookie."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from evenements.dates import quand
from evenements.forms_enquete import EnqueteForm
from evenements.operations.enquetes import repondre
from evenements.queries.enquetes import seance_du_jeton
from evenements.queries.titres import titre_de
from evenements.views.liens_signes import montrer
from socle.dates import today
from socle.public_forms import lire

# A group shares one address. Links cannot be guessed: this only spares the database.
REPONSES_PAR_HEURE = 60


# The view uses nothing of a session (docs/decisions/0007): a token would need a cookie on a first visit.
@csrf_exempt
def enquete(request: HttpRequest, jeton: str) -> HttpResponse:
    """The three questions about a date."""
    seance = seance_du_jeton(jeton, today())
    if seance is None:
        return _perimee(request)
    formulaire, status = EnqueteForm(), 200
    if request.method == "POST":
        envoi = lire(
            request,
            EnqueteForm,
            "enquete",
            limite=REPONSES_PAR_HEURE,
            trop_souvent=_("Beaucoup de réponses viennent du même endroit. Attendez une heure, puis recommencez."),
        )
        if envoi.robot:
            return redirect("enquete_merci")
        if envoi.accepte:
            given = envoi.formulaire.cleaned_data
            kept = repondre(
                jeton,
                satisfaction=given["satisfaction"],
                place=given["place"],
                commentaire=given["commentaire"],
            )
            return redirect("enquete_merci") if kept else _perimee(request)
        formulaire, status = envoi.formulaire, envoi.status
    context = {
        "titre": _("Votre avis sur la rencontre"),
        "rencontre": titre_de(seance.evenement_id, get_language() or "", request.user),
        "quand": quand(seance),
        "formulaire": formulaire,
    }
    return montrer(request, "evenements/enquete/enquete.html", context, status)


def merci(request: HttpRequest) -> HttpResponse:
    """The answer was kept. Nothing here depends on who gave it."""
    return montrer(request, "evenements/enquete/merci.html", {"titre": _("Merci !")})


def _perimee(request: HttpRequest) -> HttpResponse:
    """The same answer for a link used already, too old or spoilt."""
    return montrer(request, "evenements/enquete/perimee.html", {"titre": _("Ce lien ne marche plus")}, 410)
