"""Wiring of the age of the language versions into the admin."""

from wagtail import hooks
from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.models import PageLogEntry

from variantes.operations.fraicheur import PRISE_EN_COMPTE, TOUJOURS_VALABLE


@hooks.register("register_log_actions")
def freshness_log(actions: LogActionRegistry) -> None:
    @actions.register_action(TOUJOURS_VALABLE)
    class ToujoursValable(LogFormatter):
        label = "Toujours valable pour la page en français"

        def format_message(self, log_entry: PageLogEntry) -> str:
            return f"Toujours valable pour la page en français : {log_entry.data['note']}"

    @actions.register_action(PRISE_EN_COMPTE)
    class PriseEnCompte(LogFormatter):
        label = "Nouvelle version en français prise en compte"
        message = "Le brouillon tient compte de la nouvelle version en français"
