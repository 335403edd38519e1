"""Wiring of the reports of the glossary into the admin."""

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from glossaire.queries.completer import peut_completer
from glossaire.views.rapports.base import TITRE, RapportView
from glossaire.views.rapports.sigles import SiglesView, changer
from glossaire.views.rapports.sources import SourcesView
from glossaire.views.rapports.termes import ConflitsView, JamaisRencontresView, VersionsView

ADRESSES: dict[str, type[RapportView]] = {
    "sigles": SiglesView,
    "jamais-rencontres": JamaisRencontresView,
    "versions": VersionsView,
    "conflits": ConflitsView,
    "sources": SourcesView,
}


@hooks.register("register_admin_urls")
def reports_urls() -> list[URLPattern]:
    root = "rapports/glossaire"
    return [
        path(f"{root}/sigles/changer/", changer, name="glossaire_changer_sigle"),
        *(path(f"{root}/{part}/", view.as_view(), name=view.index_url_name) for part, view in ADRESSES.items()),
        *(
            path(f"{root}/{part}/lignes/", view.as_view(results_only=True), name=view.index_results_url_name)
            for part, view in ADRESSES.items()
        ),
    ]


class CompleterMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return peut_completer(request.user)


@hooks.register("register_reports_menu_item")
def reports_menu_item() -> MenuItem:
    return CompleterMenuItem(
        TITRE, reverse("glossaire_sigles"), name="glossaire-a-completer", icon_name="clipboard-list", order=650
    )
