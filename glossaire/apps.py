from django.apps import AppConfig


class GlossaireConfig(AppConfig):
    name = "glossaire"
    verbose_name = "Glossaire"

    def ready(self) -> None:
        # Importing the views also registers the contexts of the pages.
        import glossaire.views  # noqa: F401
        from glossaire import signals
        from glossaire.explications import redaction_de
        from glossaire.lexique import adresse_du_mot
        from glossaire.models import Concept, GlossairePage, TermePage
        from redaction import roles
        from redaction.permissions import matrice
        from socle import enrichissement
        from variantes import adresses_des_mots

        matrice.add_pages(GlossairePage, {roles.CONTRIBUTION: "add"})
        matrice.add_pages(TermePage)
        matrice.add_modeles((Concept,), {roles.REDACTION: "change", roles.MODERATION: "change delete"})
        signals.connect()
        enrichissement.enregistrer(redaction_de)
        adresses_des_mots.enregistrer(adresse_du_mot)
