from django.apps import AppConfig


class GlossaireConfig(AppConfig):
    name = "glossaire"
    verbose_name = "Glossaire"

    def ready(self) -> None:
        # Importing the views also registers the contexts of the pages.
        import glossaire.views  # noqa: F401
        from glossaire import signals
        from glossaire.explications import redaction_de
        from glossaire.models import Concept, GlossairePage, ImportTermes, TermePage
        from glossaire.operations.import_termes import oublier
        from redaction import roles
        from redaction.permissions import matrice
        from socle import enrichissement
        from socle.scheduling import register

        matrice.add_pages(GlossairePage, {roles.CONTRIBUTION: "add"})
        matrice.add_pages(TermePage)
        matrice.add_modeles((Concept,), {roles.REDACTION: "change", roles.MODERATION: "change delete"})
        matrice.add_modeles((ImportTermes,), {roles.REDACTION: "add", roles.MODERATION: "add view"})
        signals.connect()
        register("effacer_imports_de_termes", oublier)
        enrichissement.enregistrer(redaction_de)
