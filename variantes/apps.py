from django.apps import AppConfig


class VariantesConfig(AppConfig):
    name = "variantes"
    verbose_name = "Variantes"

    def ready(self) -> None:
        from socle.scheduling import register
        from variantes import signals
        from variantes.operations import avancement

        signals.connect()
        register("variantes_1_recompter", avancement.recompter)
