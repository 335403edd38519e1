from django.apps import AppConfig


class VariantesConfig(AppConfig):
    name = "variantes"
    verbose_name = "Variantes"

    def ready(self) -> None:
        from socle.scheduling import register
        from variantes import signals_gardes
        from variantes.operations import envois

        signals_gardes.connect()
        register("effacer_envois_en_traduction", envois.oublier)
