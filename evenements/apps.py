from django.apps import AppConfig


class EvenementsConfig(AppConfig):
    name = "evenements"
    verbose_name = "Événements"

    def ready(self) -> None:
        from evenements.models import AgendaPage, EvenementPage
        from evenements.operations import enquetes
        from redaction import roles
        from redaction.permissions import matrice
        from socle.scheduling import register

        matrice.add_pages(AgendaPage, {roles.ANIMATION: "add change"})
        matrice.add_pages(EvenementPage)
        register("evenements_enquetes", enquetes.inviter)
        register("evenements_enquetes_oublier", enquetes.oublier_les_jetons)
