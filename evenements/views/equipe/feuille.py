"""The sheet of a date: who came. On a phone at the door, on a screen, on paper."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.generic import TemplateView, View
from wagtail.admin import messages

from evenements.erreurs import ImpossibleError
from evenements.forms_admin.inscriptions import SurPlaceForm
from evenements.operations.inscriptions_equipe import ajouter_sur_place, pointer
from evenements.queries.inscrits import pour_la_feuille
from evenements.views.equipe.base import InscritsMixin, adresse
from socle.dates import today

LIGNES_VIDES = 8
# What one form may carry; a larger meeting is ticked with the script, or on several sheets.
MAXIMUM = 2000


def _numeros(values: list[str]) -> set[int]:
    return {int(value) for value in values[:MAXIMUM] if value.isascii() and value.isdigit() and len(value) < 19}


class FeuilleView(InscritsMixin, TemplateView):
    """A form of boxes. What is sent says what was ticked before: two phones undo nothing of each other."""

    page_title = "Feuille de présence"
    template_name = "evenements/equipe/feuille.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        people = list(pour_la_feuille(self.seance))
        return {
            **super().get_context_data(**kwargs),
            "personnes": people,
            "presents": sum(1 for one in people if one.present),
            "ouverte": self.seance.jour <= today(),
            "sur_place": kwargs.get("sur_place") or SurPlaceForm(),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        before, now = _numeros(request.POST.getlist("avant")), _numeros(request.POST.getlist("present"))
        here = set(pour_la_feuille(self.seance).values_list("pk", flat=True))
        refusals = set()
        changed = 0
        for wanted, numbers in ((True, now - before), (None, before - now)):
            for pk in sorted(numbers & here):
                try:
                    pointer(pk, wanted, request.user)
                    changed += 1
                except ImpossibleError as refusal:
                    refusals.add(str(refusal))
        for said in sorted(refusals):
            messages.error(request, said)
        if not refusals:
            messages.success(request, f"La feuille est enregistrée ({changed} changement{'s' if changed > 1 else ''}).")
        return redirect("evenements_equipe:feuille", self.seance.pk)


class PointerView(InscritsMixin, View):
    """One tick, saved when it is made."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> JsonResponse:
        found = pour_la_feuille(self.seance).filter(pk__in=_numeros([request.POST.get("inscription", "")])).first()
        if found is None:
            return JsonResponse({"message": "Cette personne n’est plus sur la feuille."}, status=409)
        try:
            pointer(found.pk, True if request.POST.get("present") == "1" else None, request.user)
        except ImpossibleError as refusal:
            return JsonResponse({"message": str(refusal)}, status=409)
        count = pour_la_feuille(self.seance).filter(present=True).count()
        return JsonResponse({"presents": count})


class SurPlaceView(FeuilleView):
    """Somebody who came without having registered: a name and a kind."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return redirect("evenements_equipe:feuille", self.seance.pk)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = SurPlaceForm(request.POST)
        if form.is_valid():
            try:
                added = ajouter_sur_place(self.seance, par=request.user, **form.cleaned_data)
            except ImpossibleError as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, f"{added.nom} est sur la feuille, présent.")
                return redirect("evenements_equipe:feuille", self.seance.pk)
        return self.render_to_response(self.get_context_data(sur_place=form))


class ImprimerView(InscritsMixin, View):
    """The sheet on paper: names, kinds, a column to sign. Neither addresses nor needs."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        context = {
            "seance": self.seance,
            "evenement": self.evenement,
            "quand": self.quand,
            "personnes": pour_la_feuille(self.seance),
            "vides": range(LIGNES_VIDES),
            "retour": adresse("feuille", self.seance.pk),
        }
        return render(request, "evenements/equipe/imprimer.html", context)
