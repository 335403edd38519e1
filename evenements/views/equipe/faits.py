"""The facts of an event: announced, changed, deleted."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.generic import TemplateView
from wagtail.admin import messages

from evenements.erreurs import ImpossibleError
from evenements.forms_admin.faits import QUAND, FaitsForm, plus_de_lignes
from evenements.models import Evenement
from evenements.operations.annonces import SANS_AGENDA, annoncer, refus_de_suppression, supprimer
from evenements.operations.evenements import enregistrer
from evenements.permissions import peut_animer
from evenements.queries.droits import agenda_francais, peut_annoncer, peut_supprimer
from evenements.views.equipe.base import EquipeMixin, EvenementMixin, GesteView, adresse

RIEN = "Rien n’est enregistré : voyez ci-dessous ce qui l’empêche."
AILLEURS = (
    "Quelqu’un a changé ces faits pendant que vous les modifiiez. Votre saisie est toujours là. "
    "Ouvrez les faits dans un autre onglet pour comparer, puis enregistrez de nouveau : votre saisie remplacera "
    "la leur."
)


def adresse_nouveau_lieu(user: Any) -> str:
    """Where a place is added, empty for whoever may not."""
    return reverse("wagtailsnippets_socle_lieu:add") if user.has_perm("socle.add_lieu") else ""


class FormulaireMixin(EquipeMixin):
    """The form, new or of an event. Buttons show the next dates, or add rows, without saving anything."""

    template_name: str | None = "evenements/equipe/faits.html"
    form: FaitsForm
    retour = ""

    def sujet(self) -> Evenement:
        raise NotImplementedError

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.form = FaitsForm(instance=self.sujet(), for_user=request.user, initial=self.initial())
        return self.montrer()

    def initial(self) -> dict[str, Any]:
        return {}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        data = request.POST
        wanted = data.get("plus", "")
        if wanted in FaitsForm.formsets:
            data = plus_de_lignes(data, wanted)
        self.form = FaitsForm(data, instance=self.sujet(), for_user=request.user)
        valid = self.form.is_valid()
        if wanted or "apercu" in data:
            self.form.taire(*(() if wanted else QUAND))
            return self.montrer()
        if valid:
            try:
                with transaction.atomic():
                    return self.enregistrer(self.form)
            except ImpossibleError as refusal:
                self.form.add_error(None, str(refusal))
        messages.error(request, RIEN)
        return self.montrer()

    def enregistrer(self, form: FaitsForm) -> HttpResponse:
        raise NotImplementedError

    def montrer(self) -> HttpResponse:
        return self.render_to_response(self.get_context_data())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return {
            **context,
            "form": self.form,
            "media": context["media"] + self.form.media,
            "nouveau_lieu": adresse_nouveau_lieu(self.request.user),
            "retour": self.retour,
        }


class AnnoncerView(FormulaireMixin, TemplateView):
    """A new event; its page in French comes with it."""

    page_title = "Annoncer une rencontre"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not peut_annoncer(request.user):
            if agenda_francais() is None and peut_animer(request.user):
                messages.error(request, SANS_AGENDA)
                return redirect(adresse("liste"))
            raise PermissionDenied
        self.retour = adresse("liste")
        return super().dispatch(request, *args, **kwargs)

    def sujet(self) -> Evenement:
        return Evenement()

    def initial(self) -> dict[str, Any]:
        # Whoever announces a meeting answers for it, unless they say otherwise.
        return {"responsables": [self.request.user.pk]}

    def enregistrer(self, form: FaitsForm) -> HttpResponse:
        page = annoncer(form.save(commit=False), self.request.user)
        messages.success(
            self.request,
            f"« {page.title} » est dans l’agenda de l’équipe. Écrivez maintenant sa page : "
            "elle sera publique après la relecture.",
        )
        return redirect("wagtailadmin_pages:edit", page.pk)


class FaitsView(FormulaireMixin, EvenementMixin, TemplateView):
    """The facts of an event, for whoever may change them."""

    page_title = "Changer les faits"
    permis = peut_animer

    def trouver(self, **kwargs: Any) -> None:
        super().trouver(**kwargs)
        self.retour = adresse("dates", self.evenement.pk)

    def sujet(self) -> Evenement:
        return self.evenement

    def enregistrer(self, form: FaitsForm) -> HttpResponse:
        held = Evenement.objects.select_for_update(of=("self",), no_key=True).get(pk=self.evenement.pk)
        if form.cleaned_data["sequence"] != held.sequence:
            # Sent again as it is, it is wanted.
            again = self.request.POST.copy()
            again["sequence"] = str(held.sequence)
            form.data = again
            raise ImpossibleError(AILLEURS)
        enregistrer(form.save(commit=False), self.request.user)
        messages.success(self.request, "Les faits sont enregistrés. Ils sont les mêmes dans toutes les langues.")
        return redirect("evenements_equipe:dates", self.evenement.pk)


class SupprimerView(EvenementMixin, GesteView):
    """An event that nobody registered for."""

    page_title = "Supprimer la rencontre"
    bouton = "Supprimer définitivement"
    form_class = forms.Form
    permis = peut_supprimer

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if refusal := refus_de_suppression(self.evenement):
            messages.error(request, refusal)
            return redirect(self.get_success_url())
        return super().get(request, *args, **kwargs)

    def form_valid(self, form: forms.Form) -> HttpResponse:
        try:
            nom = supprimer(self.evenement.pk, self.request.user)
        except ImpossibleError as refusal:
            messages.error(self.request, str(refusal))
            return redirect(self.get_success_url())
        messages.success(self.request, f"« {nom} » est supprimée, avec ses dates et ses brouillons.")
        return redirect(adresse("liste"))

    def get_success_url(self) -> str:
        return adresse("dates", self.evenement.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        dates, pages = self.evenement.seances.count(), self.evenement.pages.count()
        said = f"Elle disparaît, avec ses dates ({dates}) et les brouillons de ses pages ({pages}). C’est définitif."
        return {**super().get_context_data(**kwargs), "explications": [said]}
