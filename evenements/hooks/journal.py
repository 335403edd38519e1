"""Words of the history of events."""

from typing import Any

from wagtail import hooks
from wagtail.log_actions import LogActionRegistry, LogFormatter

ACTIONS = {
    "creer": ("Créer un événement", "Événement créé"),
    "modifier": ("Modifier un événement", "Informations modifiées"),
    "annuler": ("Annuler un événement", "Événement annulé"),
    "reporter": ("Reporter un événement", "Événement reporté"),
    "retablir": ("Rétablir un événement", "Événement rétabli"),
    "seance.annuler": ("Annuler une date", "Date annulée"),
    "seance.retablir": ("Rétablir une date", "Date rétablie"),
    "seance.deplacer": ("Déplacer une date", "Date déplacée"),
    "seance.places": ("Changer les places d’une date", "Nombre de places changé pour une date"),
}


class FaitsFormatter(LogFormatter):  # type: ignore[misc]  # Wagtail has no types
    """Says what was done, to which date, and why where somebody said it."""

    def format_message(self, log_entry: Any) -> str:
        data = log_entry.data or {}
        jour = "/".join(reversed(data["jour"].split("-"))) if data.get("jour") else ""
        return " ".join(filter(None, (f"{self.message}{f' : {jour}' if jour else ''}.", data.get("motif", ""))))


@hooks.register("register_log_actions")
def log_actions(actions: LogActionRegistry) -> None:
    for name, (label, message) in ACTIONS.items():
        formatter = type("Formatter", (FaitsFormatter,), {"label": label, "message": message})
        actions.register_action(f"evenements.{name}")(formatter)
