"""What the links of the mails open: confirming a registration, then all that one does with it.

Opening a link changes nothing, programs that check mails do it; a button does.
"""

from collections.abc import Callable
from typing import Any

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from evenements.erreurs import ImpossibleError
from evenements.forms_inscription import BesoinsForm
from evenements.jetons import CONFIRMER, GERER, jeton, lire_jeton
from evenements.models import EtatInscription, Inscription, Mode, Seance, StatutEvenement
from evenements.operations import inscriptions as operations
from evenements.operations.besoins import changer_besoins
from evenements.queries.places import EtatInscriptions, etat_inscriptions
from evenements.queries.titres import titre_de
from evenements.views.liens_signes import montrer
from evenements.views.rencontre import dire_le_moment, rencontre
from socle.public_forms import lire

CHANGEMENTS_PAR_HEURE = 40
GESTES: dict[str, Callable[[int], Inscription]] = {
    "accepter": operations.accepter_offre,
    "refuser": operations.refuser_offre,
    "annuler": operations.annuler,
}
TITRES = {
    EtatInscription.A_CONFIRMER: lambda: _("Confirmer mon inscription"),
    EtatInscription.CONFIRMEE: lambda: _("Vous avez une place"),
    EtatInscription.EN_ATTENTE: lambda: _("Vous êtes sur la liste d’attente"),
    EtatInscription.OFFRE: lambda: _("Une place est libre pour vous"),
    EtatInscription.ANNULEE: lambda: _("Votre inscription est annulée"),
    EtatInscription.EXPIREE: lambda: _("Cette inscription n’est plus valable"),
}


# The views below use nothing of a session (docs/decisions/0007): a token would need a cookie on a first visit.
@csrf_exempt
def confirmer(request: HttpRequest, lien: str) -> HttpResponse:
    """The link of the first mail: a button, then what came of it."""
    inscription = lire_jeton(lien, CONFIRMER)
    if inscription is None:
        return _perime(request, lien, CONFIRMER)
    refus = ""
    if request.method == "POST":
        try:
            operations.confirmer(inscription.pk)
        except ImpossibleError as error:
            refus = str(error)
        else:
            return redirect("inscription_confirmer", lien=lien)
    context = {
        **_situation(request, inscription),
        "refus": refus,
        "lien_gerer": reverse("inscription_gerer", args=[jeton(inscription, GERER)]),
    }
    return montrer(request, "evenements/inscription/confirmer.html", context, 409 if refus else 200)


@csrf_exempt
def gerer(request: HttpRequest, lien: str) -> HttpResponse:
    """The page of somebody who registered: where they stand, how to come, and what they may change."""
    inscription = lire_jeton(lien, GERER)
    if inscription is None:
        return _perime(request, lien, GERER)
    here = redirect("inscription_gerer", lien=lien)
    refus, besoins, status = "", None, 200
    geste = request.POST.get("geste", "") if request.method == "POST" else ""
    try:
        if geste in GESTES:
            GESTES[geste](inscription.pk)
            return here
        if geste == "besoins":
            besoins, status = _changer_les_besoins(request, inscription)
            if besoins is None:
                return redirect(f"{here.url}?besoins=notes")
    except ImpossibleError as error:
        refus, status = str(error), 409
    if status != 200:
        inscription.refresh_from_db()
    context = {
        **_situation(request, inscription),
        "refus": refus,
        "besoins_notes": request.GET.get("besoins") == "notes" and not refus and besoins is None,
        "formulaire": besoins or BesoinsForm.de(inscription),
    }
    return montrer(request, "evenements/inscription/gerer.html", context, status)


def _changer_les_besoins(request: HttpRequest, inscription: Inscription) -> tuple[BesoinsForm | None, int]:
    """Keep what was sent, or return the form with its errors."""

    def make(data: Any = None) -> BesoinsForm:
        return BesoinsForm.de(inscription, data)

    trop_souvent = _("Vous avez envoyé plusieurs changements. Attendez une heure, puis recommencez.")
    envoi = lire(request, make, "inscription_besoins", limite=CHANGEMENTS_PAR_HEURE, trop_souvent=trop_souvent)
    if envoi.accepte:
        changer_besoins(inscription.pk, **envoi.formulaire.dit_des_besoins())
    return (None, 200) if envoi.accepte or envoi.robot else (envoi.formulaire, envoi.status)


def _situation(request: HttpRequest, inscription: Inscription) -> dict[str, Any]:
    """Where somebody stands, and what they may read because of it."""
    seance, evenement = inscription.seance, inscription.seance.evenement
    etat, now = EtatInscription(inscription.etat), timezone.now()
    maintenue = not seance.annulee and evenement.statut != StatutEvenement.REPORTE
    titre = titre_de(evenement.pk, get_language() or "", request.user)
    confirmee = etat is EtatInscription.CONFIRMEE
    # The hour is over and the clock has not passed yet: the operation would refuse.
    trop_tard = etat is EtatInscription.OFFRE and bool(
        inscription.offre_expire_le and inscription.offre_expire_le <= now
    )
    return {
        "titre": TITRES[etat](),
        **rencontre(seance, titre),
        "etat": etat,
        "evenement": evenement,
        "seance": seance,
        "maintenue": maintenue,
        "annulee": seance.annulee,
        "motif": seance.motif or evenement.motif_statut,
        "a_venir": now < seance.debut,
        "finie": now >= seance.fin,
        "trop_tard": trop_tard,
        "repondre_avant": dire_le_moment(inscription.offre_expire_le, evenement.fuseau),
        "en_ligne": confirmee and maintenue and seance.mode != Mode.SUR_PLACE,
        "lien_en_ligne": seance.lien_en_ligne if confirmee and maintenue else "",
        "lien_ics": _du_calendrier(seance) if titre.url and maintenue else "",
        "lien_inscription": _recommencer(seance),
    }


def _du_calendrier(seance: Seance) -> str:
    try:
        return reverse("seance_ics", args=[seance.pk])
    except NoReverseMatch:  # where no calendar is given out
        return ""


def _recommencer(seance: Seance) -> str:
    """Where to register again; nothing when one cannot."""
    ouvertes = {EtatInscriptions.OUVERTES, EtatInscriptions.ATTENTE}
    return reverse("inscription", args=[seance.pk]) if etat_inscriptions(seance) in ouvertes else ""


def _perime(request: HttpRequest, lien: str, usage: str) -> HttpResponse:
    """The same answer for a link too old, spoilt, or whose registration was erased."""
    context = {"titre": _("Ce lien ne marche plus"), "lien_inscription": _encore(lien, usage)}
    return montrer(request, "evenements/inscription/perime.html", context, 410)


def _encore(lien: str, usage: str) -> str:
    """Where to register again for the date of a link of ours that is too old."""
    try:
        numero = signing.loads(lien, salt=usage)
    except signing.BadSignature:
        return ""
    if not isinstance(numero, int):
        return ""
    seance = Seance.objects.filter(inscriptions=numero).select_related("evenement").first()
    return _recommencer(seance) if seance else ""
