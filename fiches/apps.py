from django.apps import AppConfig


class FichesConfig(AppConfig):
    name = "fiches"
    verbose_name = "Fiches"

    def ready(self) -> None:
        # Registers the contexts of the app's pages.
        import fiches.views  # noqa: F401
        from fiches import propositions
        from fiches.models import FichePage, FichesIndexPage
        from redaction import roles
        from redaction.permissions import matrice

        matrice.add_pages(FichesIndexPage, {roles.CONTRIBUTION: "add"})
        matrice.add_pages(FichePage)
        propositions.enregistrer()
