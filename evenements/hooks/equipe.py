"""Wiring of the screens of events and dates into the admin."""

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import URLPattern, URLResolver, include, path, re_path, reverse_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from evenements.hooks.inscrits import adresses as adresses_des_inscrits
from evenements.queries.droits import peut_lire
from evenements.views.equipe.base import ESPACE, TITRE
from evenements.views.equipe.dates import GESTES, GESTES_DATE, DatesView, GesteEvenementView
from evenements.views.equipe.faits import AnnoncerView, FaitsView, SupprimerView
from evenements.views.equipe.liste import ListeView


@hooks.register("register_admin_urls")
def team_urls() -> list[URLPattern | URLResolver]:
    urls = [
        path("", ListeView.as_view(), name="liste"),
        path("annoncer/", AnnoncerView.as_view(), name="annoncer"),
        path("<int:pk>/", DatesView.as_view(), name="dates"),
        path("<int:pk>/faits/", FaitsView.as_view(), name="faits"),
        path("<int:pk>/supprimer/", SupprimerView.as_view(), name="supprimer"),
        re_path(rf"^(?P<pk>\d{{1,18}})/(?P<cle>{'|'.join(GESTES)})/$", GesteEvenementView.as_view(), name="geste"),
        *adresses_des_inscrits(),
        path("dates/<int:seance_id>/<slug:cle>/", geste_date, name="geste_date"),
    ]
    return [path("agenda/", include((urls, ESPACE)))]


def geste_date(request: HttpRequest, seance_id: int, cle: str) -> HttpResponseBase:
    if cle not in GESTES_DATE:
        raise Http404(cle)
    return GESTES_DATE[cle].as_view()(request, seance_id=seance_id)


class AgendaMenuItem(MenuItem):  # type: ignore[misc]  # Wagtail has no types
    def is_shown(self, request: HttpRequest) -> bool:
        return peut_lire(request.user)


@hooks.register("register_admin_menu_item")
def menu_item() -> MenuItem:
    return AgendaMenuItem(TITRE, reverse_lazy(f"{ESPACE}:liste"), name="agenda", icon_name="calendar-alt", order=300)
