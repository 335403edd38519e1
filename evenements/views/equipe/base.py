"""What the screens of the agenda have in common: who may open them, where they stand, how they look."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.forms import Media
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.text import capfirst
from django.views.generic import FormView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from evenements.dates import quand_court
from evenements.models import Evenement, Seance
from evenements.queries.droits import peut_annoncer, peut_lire
from evenements.queries.inscriptions import peut_inscrire

STYLES = Media(css={"all": ["css/admin/bureau.css", "css/admin/agenda.css"]})
ESPACE = "evenements_equipe"
TITRE = "Agenda"


def adresse(nom: str, *args: Any) -> str:
    return reverse(f"{ESPACE}:{nom}", args=args)


def adresse_pour_annoncer(user: Any) -> str:
    """Where a meeting is announced, empty for whoever may not."""
    return adresse("annoncer") if peut_annoncer(user) else ""


class EquipeMixin(WagtailAdminTemplateMixin):  # type: ignore[misc]  # Wagtail has no types
    """`permis` says who may open the screen."""

    header_icon = "calendar-alt"
    # That of a form; screens to read have their own.
    template_name: str | None = "evenements/equipe/geste.html"
    permis: ClassVar[Callable[[Any], bool]] = peut_lire
    request: HttpRequest

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not type(self).permis(request.user):
            raise PermissionDenied
        self.trouver(**kwargs)
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response

    def trouver(self, **kwargs: Any) -> None:
        """Find what the address names, or answer that it is not there."""

    def fil(self) -> list[dict[str, str]]:
        """Return what stands between the agenda and this screen."""
        return []

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        here = {"url": "", "label": str(self.get_page_title())}
        return [*self.breadcrumbs_items, {"url": adresse("liste"), "label": TITRE}, *self.fil(), here]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return {**context, "media": STYLES}


class EvenementMixin(EquipeMixin):
    """A screen about one event."""

    evenement: Evenement

    def trouver(self, **kwargs: Any) -> None:
        events = Evenement.objects.select_related("lieu", "cree_par")
        self.evenement = get_object_or_404(events, pk=kwargs["pk"])

    def fil(self) -> list[dict[str, str]]:
        return [{"url": adresse("dates", self.evenement.pk), "label": self.evenement.nom}]

    def get_page_subtitle(self) -> str:
        return self.evenement.nom

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "evenement": self.evenement}


class SeanceMixin(EvenementMixin):
    """A screen about one date of an event."""

    seance: Seance

    def trouver(self, **kwargs: Any) -> None:
        self.seance = get_object_or_404(Seance.objects.select_related("evenement", "lieu"), pk=kwargs["seance_id"])
        self.evenement = self.seance.evenement

    @property
    def quand(self) -> str:
        return capfirst(quand_court(self.seance))

    def get_page_subtitle(self) -> str:
        return f"{self.evenement.nom}, {quand_court(self.seance)}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "seance": self.seance, "quand": self.quand}


class InscritsMixin(SeanceMixin):
    """A screen about those who register for a date."""

    permis = peut_inscrire

    def fil(self) -> list[dict[str, str]]:
        return [
            *super().fil(),
            {"url": adresse("inscriptions", self.seance.pk), "label": f"Inscriptions, {self.quand}"},
        ]


class GesteView(FormView):  # type: ignore[type-arg]  # Django's generic is known to its stubs alone
    """Something to do, asked before it is done."""

    bouton: ClassVar[str]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "bouton": self.bouton, "retour": self.get_success_url()}
