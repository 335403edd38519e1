"""Registering for a date. No account, no cookie: the form, then the thanks."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from evenements.erreurs import ImpossibleError
from evenements.forms_inscription import InscriptionForm
from evenements.models import Participant, Seance
from evenements.operations.inscriptions import demander
from evenements.queries.places import EtatInscriptions, Places, etat_inscriptions, places
from evenements.queries.titres import Titre
from evenements.views.rencontre import dire_le_moment, rencontre, titre_lisible
from socle.public_forms import lire

# Colleagues of a hospital share one address. Each mail is also counted for who receives it (`demander`).
DEMANDES_PAR_HEURE = 40
OUVERT = {EtatInscriptions.OUVERTES, EtatInscriptions.ATTENTE}


# The view uses nothing of a session but what may be seen (docs/decisions/0007).
@csrf_exempt
def inscrire(request: HttpRequest, seance_id: int) -> HttpResponse:
    """The form of a date, or why there is none. Who is registered already changes nothing of the answer."""
    seance, titre = _seance(request, seance_id)
    seats = places(seance)
    etat = etat_inscriptions(seance, places_=seats)

    def make(data: Any = None) -> InscriptionForm:
        return InscriptionForm(data, seance=seance)

    if etat not in OUVERT:
        return _montrer(request, seance, titre, etat, seats, None, 200 if request.method != "POST" else 409)
    if request.method != "POST":
        return _montrer(request, seance, titre, etat, seats, make(), 200)
    envoi = lire(
        request,
        make,
        "inscription",
        limite=DEMANDES_PAR_HEURE,
        trop_souvent=_("Beaucoup d’inscriptions viennent du même endroit. Attendez une heure, puis recommencez."),
    )
    merci = redirect("inscription_merci", seance_id=seance.pk)
    if envoi.robot:
        return merci
    if envoi.accepte:
        try:
            demander(seance, langue=get_language() or "fr", **envoi.formulaire.demande())
        except ImpossibleError as refus:
            envoi.formulaire.add_error(None, str(refus))
        else:
            return merci
    return _montrer(request, seance, titre, etat, seats, envoi.formulaire, envoi.status)


def merci(request: HttpRequest, seance_id: int) -> HttpResponse:
    """A mail left. The same words for everybody."""
    seance, titre = _seance(request, seance_id)
    context = {"titre": _("Une étape encore"), **rencontre(seance, titre)}
    return render(request, "evenements/inscription/merci.html", context)


def _seance(request: HttpRequest, seance_id: int) -> tuple[Seance, Titre]:
    """Return a date that the reader may know of, and what it is called."""
    found = Seance.objects.filter(pk=seance_id).select_related("evenement", "lieu").first()
    titre = titre_lisible(request, found.evenement_id) if found else None
    if found is None or titre is None:
        raise Http404(seance_id)
    return found, titre


def _montrer(
    request: HttpRequest,
    seance: Seance,
    titre: Titre,
    etat: EtatInscriptions,
    seats: Places,
    formulaire: InscriptionForm | None,
    status: int,
) -> HttpResponse:
    evenement = seance.evenement
    context = {
        "titre": _("Liste d’attente") if etat is EtatInscriptions.ATTENTE else _("S’inscrire"),
        **rencontre(seance, titre),
        "etat": etat,
        "evenement": evenement,
        "seance": seance,
        "formulaire": formulaire,
        "reservees": _reservees(seats),
        "ouverture": dire_le_moment(evenement.inscriptions_ouvrent_le, evenement.fuseau),
        "motif": seance.motif or evenement.motif_statut,
        "en_cours": timezone.now() < seance.fin,
    }
    if formulaire is None:
        context["formulaire"] = {"errors": {}}
        return render(request, "evenements/inscription/fermee.html", context, status=status)
    return render(request, "evenements/inscription/formulaire.html", context, status=status)


def _reservees(seats: Places) -> list[str]:
    """The kinds of participants for whom the seats left are kept; nothing while anybody may have one."""
    if seats.libres != 0 or not seats.restantes:
        return []
    return [str(kind.label) for kind in Participant if seats.accepte(kind)]
