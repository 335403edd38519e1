from django.apps import AppConfig


class VariantesConfig(AppConfig):
    name = "variantes"
    verbose_name = "Variantes"

    def ready(self) -> None:
        from socle.scheduling import register
        from variantes import signals
        from variantes.operations import envois

        signals.connect()
        register("effacer_envois_en_traduction", envois.oublier)
