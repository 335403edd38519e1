from django.apps import AppConfig


class FichesConfig(AppConfig):
    name = "fiches"
    verbose_name = "Fiches"

    def ready(self) -> None:
        # Registers the contexts of the app's pages.
        import fiches.views  # noqa: F401
