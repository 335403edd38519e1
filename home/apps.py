from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = "Accueil"

    def ready(self) -> None:
        # Registers the contexts of the app's pages.
        import home.views  # noqa: F401
        from home.operations import effacer_messages_anciens
        from socle.scheduling import register

        register("effacer_messages_anciens", effacer_messages_anciens)
