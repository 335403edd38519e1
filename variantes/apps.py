from django.apps import AppConfig


class VariantesConfig(AppConfig):
    name = "variantes"
    verbose_name = "Variantes"

    def ready(self) -> None:
        from redaction.models import Genre
        from redaction.queries import notifications
        from socle.scheduling import register
        from variantes import signals
        from variantes.operations import avancement, rappels

        signals.connect()
        register("variantes_1_recompter", avancement.recompter)
        register("variantes_2_rappeler", rappels.rappeler_les_retards)
        notifications.register(Genre.RETARD, rappels.encore_en_retard)
