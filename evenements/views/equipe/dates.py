"""The dates of an event, and what is done to one of them or to all."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.text import capfirst
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.log_actions import registry as journal

from evenements.calendrier import RegleError
from evenements.dates import decrire, quand
from evenements.erreurs import ImpossibleError
from evenements.forms_admin.seances import DeplacerForm, MotifForm, PlacesForm, RetablirForm
from evenements.models import Evenement, Seance, StatutEvenement
from evenements.operations import evenements as operations_evenements
from evenements.operations import seances as operations
from evenements.permissions import peut_animer
from evenements.queries.droits import peut_supprimer
from evenements.queries.equipe import ou, pages_des, places_des
from evenements.queries.inscriptions import peut_inscrire
from evenements.queries.inscrits import destinataires
from evenements.views.equipe.base import EvenementMixin, GesteView, SeanceMixin, adresse
from redaction.views.historique import roles_alors
from socle.dates import today

PAR_PAGE = 30
HISTOIRE = 20


@dataclass(frozen=True)
class LigneDate:
    """One date, and what may be done with it."""

    seance: Seance
    quand: str
    ou: str
    places: Any
    gestes: list[tuple[str, str]]
    passee: bool


class DatesView(EvenementMixin, TemplateView):
    """One event: its facts in short, its dates with who registers, what was done."""

    page_title = "Dates"
    template_name = "evenements/equipe/dates.html"

    def fil(self) -> list[dict[str, str]]:
        return []

    def get_page_title(self) -> str:
        return self.evenement.nom

    def get_page_subtitle(self) -> str:
        return ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, event = self.request.user, self.evenement
        past = self.request.GET.get("passees") == "1"
        dates = event.seances.select_related("lieu", "evenement")
        coming = event.seances.a_venir(today())
        shown = dates.passees(today()).order_by("-debut") if past else dates.a_venir(today()).order_by("debut")
        paginator = Paginator(shown, PAR_PAGE)
        page = paginator.get_page(self.request.GET.get("p"))
        rows = list(page.object_list)
        places = places_des(rows)
        return {
            **super().get_context_data(**kwargs),
            "lignes": [self.ligne(seance, places[seance.pk]) for seance in rows],
            "passees": past,
            "autres": coming.count() if past else event.seances.passees(today()).count(),
            "regle": _regle(event),
            "ou": ou(event),
            "inscriptions": peut_inscrire(user),
            "modifiable": peut_animer(user),
            "gestes": [(key, geste.titre) for key, geste in GESTES.items() if key in possibles(event)],
            "supprimable": peut_supprimer(user),
            "pages_de": self.pages(),
            "journal": self.journal() if peut_animer(user) else [],
            "page_obj": page,
            "pages": paginator.get_elided_page_range(page.number),
        }

    def ligne(self, seance: Seance, places: Any) -> LigneDate:
        past = seance.jour_fin < today()
        gestes = [] if past or not peut_animer(self.request.user) else gestes_de(seance)
        return LigneDate(seance, capfirst(quand(seance)), ou(seance), places, gestes, past)

    def pages(self) -> list[dict[str, str]]:
        rows = pages_des([self.evenement]).get(self.evenement.pk, [])
        mine = {
            page.pk
            for page in self.evenement.pages.filter(pk__in=[row.pk for row in rows])
            if page.permissions_for_user(self.request.user).can_edit()
        }
        return [
            {
                "nom": row.nom_langue,
                "etat": row.etat,
                "url": reverse("wagtailadmin_pages:edit", args=[row.pk]) if row.pk in mine else "",
            }
            for row in rows
        ]

    def journal(self) -> list[dict[str, Any]]:
        entries = journal.get_logs_for_instance(self.evenement).select_related("user")[:HISTOIRE]
        return [{"entree": entry, "roles": roles_alors(entry)} for entry in entries]


def _regle(evenement: Evenement) -> str:
    try:
        return capfirst(decrire(evenement.regle)) if evenement.regle else ""
    except RegleError:
        return "Répétition à reprendre : choisissez-la de nouveau dans les faits."


def gestes_de(seance: Seance) -> list[tuple[str, str]]:
    """What may be done with one date that is not over."""
    if seance.evenement.annule:
        return []
    if seance.statut == Seance.Statut.ANNULEE:
        return [("retablir", "Rétablir")]
    moves = [("deplacer", "Déplacer"), ("places", "Changer les places")]
    # An event that is held once is cancelled as a whole, below.
    return [*moves, ("annuler", "Annuler cette date")] if seance.evenement.recurrence else moves


def possibles(evenement: Evenement) -> set[str]:
    """What may be done with the whole event."""
    if evenement.statut == StatutEvenement.PREVU:
        return {"annuler", "reporter"}
    return {"retablir"} if evenement.annule else {"annuler", "retablir"}


class PrevenirMixin:
    """Says beforehand how many people will be written to."""

    def prevenus(self) -> int:
        raise NotImplementedError

    def phrase(self) -> str:
        number = self.prevenus()
        if not number:
            return "Personne n’est inscrit : aucun e-mail ne part."
        people = f"Les {number} personnes inscrites ou en attente reçoivent" if number > 1 else "Une personne reçoit"
        return f"{people} un e-mail tout de suite."


class GesteDateView(PrevenirMixin, SeanceMixin, GesteView):
    """Something done to one date."""

    permis = peut_animer
    explication: ClassVar[str]
    fait: ClassVar[str]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        allowed = dict(gestes_de(self.seance))
        cancels = self.cle == "annuler" and not self.seance.annulee
        if self.seance.jour_fin < today() or not (self.cle in allowed or cancels):
            messages.warning(request, "Ce n’est plus possible pour cette date.")
            return redirect(self.get_success_url())
        return super().get(request, *args, **kwargs)

    cle: ClassVar[str]

    def prevenus(self) -> int:
        return destinataires(self.seance, avec_attente=True).count()

    def agir(self, **donnees: Any) -> object:
        raise NotImplementedError

    def form_valid(self, form: forms.Form) -> HttpResponse:
        if self.seance.jour_fin < today():
            form.add_error(None, "Cette date est passée : elle ne change plus.")
            return self.form_invalid(form)
        try:
            self.agir(**form.cleaned_data)
        except ImpossibleError as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        messages.success(self.request, self.fait)
        return redirect(self.get_success_url())

    def get_success_url(self) -> str:
        return adresse("dates", self.evenement.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        said = [self.explication, *([self.phrase()] if self.cle != "places" else [])]
        return {**super().get_context_data(**kwargs), "explications": said}


class AnnulerDateView(GesteDateView):
    cle = "annuler"
    page_title = "Annuler une date"
    bouton = "Annuler cette date"
    form_class = MotifForm
    explication = "La date reste dans l’agenda, marquée « annulée »."
    fait = "La date est annulée."

    def agir(self, **donnees: Any) -> object:
        return operations.annuler_seance(self.seance.pk, par=self.request.user, **donnees)


class RetablirDateView(GesteDateView):
    cle = "retablir"
    page_title = "Rétablir une date"
    bouton = "Rétablir cette date"
    form_class = RetablirForm
    explication = "La date a lieu comme prévu. Les inscriptions sont gardées."
    fait = "La date est rétablie."

    def agir(self, **donnees: Any) -> object:
        return operations.retablir_seance(self.seance.pk, par=self.request.user)


class DeplacerDateView(GesteDateView):
    cle = "deplacer"
    page_title = "Déplacer une date"
    bouton = "Enregistrer la nouvelle date"
    form_class = DeplacerForm
    explication = (
        "Un autre jour, une autre heure ou un autre lieu, pour cette date seulement. Les inscriptions suivent."
    )
    fait = "La date est déplacée."

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "seance": self.seance}

    def agir(self, **donnees: Any) -> object:
        return operations.deplacer_seance(self.seance.pk, par=self.request.user, **donnees)


class PlacesDateView(GesteDateView):
    cle = "places"
    page_title = "Changer les places"
    bouton = "Enregistrer le nombre de places"
    form_class = PlacesForm
    explication = "Pour cette date seulement. Personne ne perd sa place si le nombre diminue."
    fait = "Le nombre de places est enregistré."

    def get_initial(self) -> dict[str, Any]:
        return {"capacite": self.seance.capacite}

    def agir(self, **donnees: Any) -> object:
        return operations.changer_les_places(self.seance.pk, donnees["capacite"], par=self.request.user)


GESTES_DATE: dict[str, type[GesteDateView]] = {
    view.cle: view for view in (AnnulerDateView, RetablirDateView, DeplacerDateView, PlacesDateView)
}


@dataclass(frozen=True)
class Geste:
    """Something done to the whole event."""

    titre: str
    explication: str
    faire: Callable[..., Evenement]
    fait: str
    motif: bool = True


GESTES = {
    "reporter": Geste(
        "Reporter la rencontre",
        "Sa date n’est plus bonne et la nouvelle n’est pas encore connue. La page le dit. "
        "Si vous connaissez la nouvelle date, choisissez plutôt « Déplacer ».",
        operations_evenements.reporter_evenement,
        "La rencontre est reportée.",
    ),
    "annuler": Geste(
        "Annuler la rencontre",
        "Elle n’aura pas lieu, à aucune de ses dates. Elle reste dans l’agenda, marquée « annulée ».",
        operations_evenements.annuler_evenement,
        "La rencontre est annulée.",
    ),
    "retablir": Geste(
        "Rétablir la rencontre",
        "Elle a lieu aux dates prévues. Les dates annulées une par une le restent.",
        operations_evenements.retablir_evenement,
        "La rencontre est rétablie.",
        motif=False,
    ),
}


class GesteEvenementView(PrevenirMixin, EvenementMixin, GesteView):
    """Something done to all the dates of an event."""

    permis = peut_animer

    def trouver(self, **kwargs: Any) -> None:
        super().trouver(**kwargs)
        self.cle: str = kwargs["cle"]
        self.geste = GESTES[self.cle]
        self.page_title = self.geste.titre

    @property
    def bouton(self) -> str:  # type: ignore[override]  # one for each gesture
        return self.geste.titre

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.cle not in possibles(self.evenement):
            messages.warning(request, f"{self.evenement.nom} : {self.evenement.get_statut_display().lower()}.")
            return redirect(self.get_success_url())
        return super().get(request, *args, **kwargs)

    def get_form_class(self) -> type[forms.Form]:
        return MotifForm if self.geste.motif else RetablirForm

    def prevenus(self) -> int:
        coming = self.evenement.seances.a_venir(today()).exclude(statut=Seance.Statut.ANNULEE)
        return sum(destinataires(seance, avec_attente=True).count() for seance in coming[:100])

    def form_valid(self, form: forms.Form) -> HttpResponse:
        try:
            self.geste.faire(self.evenement.pk, par=self.request.user, **form.cleaned_data)
        except ImpossibleError as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        messages.success(self.request, self.geste.fait)
        return redirect(self.get_success_url())

    def get_success_url(self) -> str:
        return adresse("dates", self.evenement.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "explications": [self.geste.explication, self.phrase()]}
