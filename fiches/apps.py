from django.apps import AppConfig


class FichesConfig(AppConfig):
    name = "fiches"
    verbose_name = "Fiches"

    def ready(self) -> None:
        from fiches import propositions
        from fiches.models import FichePage, FichesIndexPage

        # Importing the views also registers the contexts of the pages.
        from fiches.views import adresse_nouvelle_fiche
        from redaction import roles
        from redaction.bureau import Bouton, register_bouton
        from redaction.permissions import matrice

        matrice.add_pages(FichesIndexPage, {roles.CONTRIBUTION: "add"})
        matrice.add_pages(FichePage)
        register_bouton(Bouton("Écrire une fiche", "circle-plus", 20, adresse_nouvelle_fiche))
        propositions.enregistrer()
