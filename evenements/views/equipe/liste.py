"""The list of events."""

from typing import Any

from django.core.paginator import Paginator
from django.views.generic import TemplateView

from evenements.forms_admin.filtres import FiltresEvenementsForm
from evenements.permissions import peut_animer
from evenements.queries.equipe import FiltresEquipe, decrire, pour_liste
from evenements.queries.inscriptions import peut_inscrire
from evenements.views.equipe.base import TITRE, EquipeMixin, adresse_pour_annoncer
from socle.dates import today

PAR_PAGE = 30


class ListeView(EquipeMixin, TemplateView):
    """Each event with its next date, who registers, and its pages."""

    page_title = TITRE
    template_name = "evenements/equipe/liste.html"

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        form = FiltresEvenementsForm(self.request.GET)
        filtres = form.filtres
        paginator = Paginator(pour_liste(filtres, user, today()), PAR_PAGE)
        page = paginator.get_page(self.request.GET.get("p"))
        return {
            **super().get_context_data(**kwargs),
            "filtres": form,
            "filtree": filtres != FiltresEquipe() or bool(form.errors),
            "periode": filtres.periode,
            "lignes": decrire(list(page.object_list), today()),
            "inscriptions": peut_inscrire(user),
            "modifiable": peut_animer(user),
            "annoncer": adresse_pour_annoncer(user),
            "page_obj": page,
            "pages": paginator.get_elided_page_range(page.number),
        }
