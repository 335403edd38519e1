from django.apps import AppConfig


class EvenementsConfig(AppConfig):
    name = "evenements"
    verbose_name = "Événements"

    def ready(self) -> None:
        from evenements.models import AgendaPage, EvenementPage
        from redaction import roles
        from redaction.permissions import matrice

        matrice.add_pages(AgendaPage, {roles.ANIMATION: "add change"})
        matrice.add_pages(EvenementPage)
