from django.apps import AppConfig


class GlossaireConfig(AppConfig):
    name = "glossaire"
    verbose_name = "Glossaire"

    def ready(self) -> None:
        # Importing the views also registers the contexts of the pages.
        import glossaire.views  # noqa: F401
        from glossaire import recherche, signals
        from glossaire.explications import redaction_de
        from glossaire.models import Concept, GlossairePage, TermePage
        from glossaire.operations.sources import verifier_les_sources
        from redaction import roles
        from redaction.permissions import matrice
        from socle import enrichissement, scheduling, search

        matrice.add_pages(GlossairePage, {roles.CONTRIBUTION: "add"})
        matrice.add_pages(TermePage)
        matrice.add_modeles((Concept,), {roles.REDACTION: "change", roles.MODERATION: "change delete"})
        signals.connect()
        enrichissement.enregistrer(redaction_de)
        search.register_synonyms(recherche.synonymes)
        search.register_card(recherche.carte)
        search.register_suggestions(recherche.suggestions)
        scheduling.register("glossaire_verifier_les_sources", verifier_les_sources)
