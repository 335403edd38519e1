"""Wiring of the proposals into the admin."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.sidebar import LinkMenuItem
from wagtail.log_actions import LogActionRegistry

from redaction.models import Proposition
from redaction.queries.propositions import peut_voir
from redaction.views import propositions_equipe as views

ACTIONS = {
    "recevoir": ("Recevoir une proposition", "Adresse confirmée : proposition reçue"),
    "completer": ("Compléter une proposition", "La personne a répondu"),
    "prendre": ("Prendre une proposition en charge", "Prise en charge"),
    "preciser": ("Demander des précisions", "Précisions demandées"),
    "accepter": ("Accepter une proposition", "Proposition acceptée"),
    "refuser": ("Refuser une proposition", "Proposition refusée"),
    "noter": ("Annoter une proposition", "Note ajoutée"),
    "effacer": ("Effacer des coordonnées", "Coordonnées effacées"),
}


@hooks.register("register_log_actions")
def log_actions(actions: LogActionRegistry) -> None:
    for name, (label, message) in ACTIONS.items():
        actions.register_action(f"redaction.proposition.{name}", label, message)


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLPattern | URLResolver]:
    urls = [
        path("", views.PropositionsView.as_view(), name="index"),
        path("lignes/", views.PropositionsView.as_view(results_only=True), name="lignes"),
        path("<int:pk>/", views.detail, name="detail"),
        path("<int:pk>/<slug:cle>/", views.geste, name="geste"),
    ]
    return [path("propositions/", include((urls, "propositions")))]


class PropositionsMenuItem(MenuItem):
    """Tells how many wait for the team."""

    def is_shown(self, request: HttpRequest) -> bool:
        return peut_voir(request.user)

    def render_component(self, request: HttpRequest) -> LinkMenuItem:
        item: Any = super().render_component(request)
        if waiting := Proposition.objects.visible_to(request.user).a_traiter().count():
            item.label = f"{self.label} ({waiting})"
        return item


@hooks.register("register_admin_menu_item")
def menu_item() -> MenuItem:
    return PropositionsMenuItem("Propositions", reverse_lazy(views.INDEX), icon_name="mail", order=620)
