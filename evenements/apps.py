from django.apps import AppConfig


class EvenementsConfig(AppConfig):
    name = "evenements"
    verbose_name = "Événements"

    def ready(self) -> None:
        from evenements.models import AgendaPage, Evenement, EvenementPage
        from evenements.operations.seances import materialiser_les_series
        from redaction import roles
        from redaction.permissions import matrice
        from socle import scheduling

        matrice.add_pages(AgendaPage, {roles.ANIMATION: "add change"})
        matrice.add_pages(EvenementPage)
        matrice.add_modeles(
            (Evenement,), {roles.REDACTION: "view", roles.ANIMATION: "add change", roles.MODERATION: "add change"}
        )
        scheduling.register("evenements_seances", materialiser_les_series)
