from django.apps import AppConfig


class RedactionConfig(AppConfig):
    name = "redaction"
    verbose_name = "Rédaction"

    def ready(self) -> None:
        # Registers the first buttons of the welcome panel.
        import redaction.bienvenue  # noqa: F401
        from redaction import circuits, genres_propositions, roles, sections, signals, signals_notifications
        from redaction.circuits import Circuit, Etape
        from redaction.models import RelectureEnBinome, Validation
        from redaction.operations import notifications
        from redaction.permissions import add_shared_rows
        from socle.scheduling import register

        add_shared_rows()
        relecture = Etape("Relecture en binôme", RelectureEnBinome)
        validation = Etape("Validation", Validation, (roles.MODERATION,))
        circuits.register(Circuit("Publication", roles.SOURCE, (relecture, validation)))
        signals.connect()
        signals_notifications.connect()
        # In the order of their names: a reminder leaves with the mails of the same minute.
        register("notifications_1_rappeler", notifications.rappeler_les_revisions)
        register("notifications_2_envoyer", notifications.envoyer_ce_qui_attend)
        register("notifications_3_recapituler", notifications.envoyer_les_recapitulatifs)
        register("notifications_4_oublier", notifications.oublier_les_notifications)
        genres_propositions.enregistrer()
        sections.enregistrer()
