"""Those who register for a date: the list, and what the team does for them."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.generic import TemplateView, View
from wagtail.admin import messages

from evenements.courriels import Courrier
from evenements.erreurs import ImpossibleError
from evenements.forms_admin.filtres import FiltresInscritsForm
from evenements.forms_admin.inscriptions import EcrireForm, InscrireForm
from evenements.models import OUVERTS, EtatInscription, Inscription
from evenements.operations.attente import proposer_places
from evenements.operations.inscriptions import annuler
from evenements.operations.inscriptions_equipe import inscrire_par_equipe
from evenements.operations.messages import corps, ecrire_aux_inscrits, renvoyer
from evenements.queries.droits import lit_les_besoins
from evenements.queries.inscrits import FiltresInscrits, besoins_de, destinataires, inscrits, rangs_d_attente, totaux
from evenements.views.equipe.base import GesteView, InscritsMixin, adresse
from socle.accessibilite import Accessibilite
from socle.dates import today

PAR_PAGE = 50


@dataclass(frozen=True)
class LigneInscrit:
    """One person in the list; `besoins` is for the organisers alone."""

    inscription: Inscription
    etat: str
    besoins: list[str]

    @property
    def nom(self) -> str:
        return str(self.inscription)

    @property
    def ouverte(self) -> bool:
        return self.inscription.etat in OUVERTS and self.inscription.anonyme_le is None


def dits(besoin: Any) -> list[str]:
    """What somebody needs, in words."""
    if besoin is None:
        return []
    names = dict(Accessibilite.choices)
    return [str(names.get(code, code)) for code in besoin.besoins] + ([besoin.texte] if besoin.texte else [])


def etat_dit(inscription: Inscription, rangs: dict[int, int]) -> str:
    """Where a registration is; the place of who waits, the term of an offer."""
    said = str(EtatInscription(inscription.etat).label)
    if rank := rangs.get(inscription.pk):
        return f"{said} : {rank}ᵉ" if rank > 1 else f"{said} : 1ʳᵉ"
    if inscription.present:
        return f"{said}, présente"
    return said


class InscriptionsView(InscritsMixin, TemplateView):
    """The list of those who register for a date."""

    page_title = "Inscriptions"
    template_name = "evenements/equipe/inscriptions.html"

    def fil(self) -> list[dict[str, str]]:
        return super().fil()[:-1]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        form = FiltresInscritsForm(self.request.GET or {"etat": "ouverts"})
        filtres = form.filtres
        paginator = Paginator(inscrits(self.seance, filtres), PAR_PAGE)
        page = paginator.get_page(self.request.GET.get("p"))
        people = list(page.object_list)
        rangs = rangs_d_attente(self.seance)
        reads = lit_les_besoins(user, self.evenement)
        needs = besoins_de(people) if reads else {}
        return {
            **super().get_context_data(**kwargs),
            "filtres": form,
            "filtree": filtres != FiltresInscrits() or bool(form.errors),
            "lignes": [LigneInscrit(one, etat_dit(one, rangs), dits(needs.get(one.pk))) for one in people],
            "totaux": totaux(self.seance, self.evenement),
            "lit_les_besoins": reads,
            "passee": self.seance.jour_fin < today(),
            "page_obj": page,
            "pages": paginator.get_elided_page_range(page.number),
        }


class InscrireView(InscritsMixin, GesteView):
    """Somebody whom the team registers."""

    page_title = "Inscrire une personne"
    bouton = "Inscrire"
    form_class = InscrireForm

    def form_valid(self, form: forms.Form) -> HttpResponse:
        try:
            made = inscrire_par_equipe(self.seance, par=self.request.user, **form.cleaned_data)
        except ImpossibleError as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        if made.etat == EtatInscription.CONFIRMEE:
            messages.success(self.request, f"{made.nom} a une place.")
        else:
            messages.warning(self.request, f"C’est complet : {made.nom} est sur la liste d’attente.")
        return redirect(self.get_success_url())

    def get_success_url(self) -> str:
        return adresse("inscriptions", self.seance.pk)


class GesteInscriptionView(InscritsMixin, GesteView):
    """Something done to one registration."""

    form_class = forms.Form

    def trouver(self, **kwargs: Any) -> None:
        inscriptions = Inscription.objects.select_related("seance__evenement", "seance__lieu")
        self.inscription = get_object_or_404(inscriptions, pk=kwargs["inscription_id"])
        super().trouver(seance_id=self.inscription.seance_id)

    def agir(self) -> str:
        raise NotImplementedError

    def form_valid(self, form: forms.Form) -> HttpResponse:
        try:
            messages.success(self.request, self.agir())
        except ImpossibleError as refusal:
            messages.error(self.request, str(refusal))
        return redirect(self.get_success_url())

    def get_success_url(self) -> str:
        return adresse("inscriptions", self.seance.pk)


class AnnulerInscriptionView(GesteInscriptionView):
    page_title = "Annuler une inscription"
    bouton = "Annuler cette inscription"

    def agir(self) -> str:
        nom = str(self.inscription)
        annuler(self.inscription.pk, par=self.request.user)
        return f"L’inscription de {nom} est annulée."

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        said = [f"{self.inscription} n’est plus sur la liste. Sa place est proposée à la personne suivante qui attend."]
        if self.inscription.courriel:
            said.append("Un e-mail le lui dit.")
        return {**super().get_context_data(**kwargs), "explications": said}


class RenvoyerView(GesteInscriptionView):
    page_title = "Renvoyer l’e-mail"
    bouton = "Renvoyer l’e-mail"

    def agir(self) -> str:
        return f"L’e-mail est reparti pour {renvoyer(self.inscription.pk, self.request.user)}."

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        said = f"{self.inscription} reçoit de nouveau l’e-mail qui dit où en est son inscription, avec ses liens."
        return {**super().get_context_data(**kwargs), "explications": [said]}


class ProposerView(InscritsMixin, View):
    """Offers the free seats to those who wait, the first come first."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        number = proposer_places(self.seance.pk)
        if number:
            said = "Une place est proposée" if number == 1 else f"{number} places sont proposées"
            messages.success(request, f"{said}, dans l’ordre de la liste d’attente.")
        else:
            messages.info(request, "Il n’y a pas de place libre, ou personne n’attend.")
        return redirect("evenements_equipe:inscriptions", self.seance.pk)


class EcrireView(InscritsMixin, GesteView):
    """A message to everybody who registered: read first, then sent."""

    page_title = "Écrire aux inscrits"
    bouton = "Voir avant d’envoyer"
    template_name = "evenements/equipe/ecrire.html"
    form_class = EcrireForm
    apercu: dict[str, Any] | None = None

    def form_valid(self, form: forms.Form) -> HttpResponse:
        data = form.cleaned_data
        people = destinataires(self.seance, data["avec_attente"])
        if "envoyer" in self.request.POST:
            return self.envoyer(data)
        first = people.first()
        if first is None:
            form.add_error(None, "Personne n’a donné d’adresse e-mail pour cette date.")
            return self.form_invalid(form)
        # Addresses that open what is somebody's own are not shown to others.
        shown = Inscription(pk=0, seance=self.seance, langue="fr")
        text = corps(Courrier(self.seance), shown, data["texte"])
        self.apercu = {"nombre": people.count(), "sujet": data["sujet"], "corps": text}
        return self.render_to_response(self.get_context_data(form=form))

    def envoyer(self, data: dict[str, Any]) -> HttpResponse:
        options = {"avec_attente": data["avec_attente"], "par": self.request.user}
        number = ecrire_aux_inscrits(self.seance, data["cle"], data["sujet"], data["texte"], **options)
        if number:
            people = "une personne" if number == 1 else f"{number} personnes"
            messages.success(self.request, f"Le message part à {people}.")
        else:
            messages.info(self.request, "Ce message est déjà parti, ou personne n’a d’adresse e-mail.")
        return redirect(self.get_success_url())

    def get_success_url(self) -> str:
        return reverse("evenements_equipe:inscriptions", args=[self.seance.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "apercu": self.apercu}
