"""Wiring of the screens of those who register into the admin."""

from typing import Any

from django.urls import URLPattern, path
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry, LogFormatter

from evenements.operations.messages import ECRIRE, EXPORTER
from evenements.views.equipe.avis import AvisView
from evenements.views.equipe.exports import ExporterView
from evenements.views.equipe.feuille import FeuilleView, ImprimerView, PointerView, SurPlaceView
from evenements.views.equipe.inscriptions import (
    AnnulerInscriptionView,
    EcrireView,
    InscriptionsView,
    InscrireView,
    ProposerView,
    RenvoyerView,
)

SUR_UNE_DATE = {
    "inscriptions": ("inscriptions/", InscriptionsView),
    "inscrire": ("inscriptions/inscrire/", InscrireView),
    "proposer": ("inscriptions/proposer/", ProposerView),
    "ecrire": ("inscriptions/ecrire/", EcrireView),
    "exporter": ("inscriptions/exporter/", ExporterView),
    "feuille": ("feuille/", FeuilleView),
    "pointer": ("feuille/pointer/", PointerView),
    "sur_place": ("feuille/sur-place/", SurPlaceView),
    "imprimer": ("feuille/imprimer/", ImprimerView),
    "avis": ("avis/", AvisView),
}
SUR_UNE_INSCRIPTION: dict[str, Any] = {"annuler": AnnulerInscriptionView, "renvoyer": RenvoyerView}


def adresses() -> list[URLPattern]:
    return [
        *(
            path(f"dates/<int:seance_id>/{part}", view.as_view(), name=name)  # type: ignore[attr-defined]  # views, all
            for name, (part, view) in SUR_UNE_DATE.items()
        ),
        *(
            path(f"inscriptions/<int:inscription_id>/{name}/", view.as_view(), name=f"inscription_{name}")
            for name, view in SUR_UNE_INSCRIPTION.items()
        ),
    ]


@hooks.register("register_log_actions")
def log_actions(actions: LogActionRegistry) -> None:
    actions.register_action("evenements.inscription.renvoyer", "Renvoyer un e-mail", "E-mail renvoyé")

    @actions.register_action(ECRIRE)
    class EcrireFormatter(LogFormatter):  # type: ignore[misc]  # Wagtail has no types
        label = "Écrire aux inscrits"

        def format_message(self, log_entry: Any) -> str:
            return f"Message envoyé à {log_entry.data['nombre']} personne(s) : « {log_entry.data['sujet']} »"

    @actions.register_action(EXPORTER)
    class ExporterFormatter(LogFormatter):  # type: ignore[misc]  # Wagtail has no types
        label = "Exporter les inscriptions"

        def format_message(self, log_entry: Any) -> str:
            needs = ", avec les besoins d’accessibilité" if log_entry.data["besoins"] else ""
            return f"Liste des inscriptions téléchargée ({log_entry.data['nombre']} personnes{needs})"
