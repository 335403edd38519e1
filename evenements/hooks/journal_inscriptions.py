"""What the team did for people who register, in the log."""

from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

ACTIONS = {
    "inscrire": ("Inscrire une personne", "Inscrite par l’équipe"),
    "annuler": ("Annuler une inscription", "Annulée par l’équipe"),
    "ajouter": ("Ajouter une personne venue le jour même", "Ajoutée le jour même"),
    "pointer": ("Pointer une personne", "Présence notée"),
}


@hooks.register("register_log_actions")
def log_actions(actions: LogActionRegistry) -> None:
    for name, (label, message) in ACTIONS.items():
        actions.register_action(f"evenements.inscription.{name}", label, message)
