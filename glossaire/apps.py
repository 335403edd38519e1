from django.apps import AppConfig


class GlossaireConfig(AppConfig):
    name = "glossaire"
    verbose_name = "Glossaire"

    def ready(self) -> None:
        # Importing the views also registers the contexts of the pages.
        import glossaire.views  # noqa: F401
        from glossaire import recherche, signals
        from glossaire.explications import redaction_de
        from glossaire.lexique import adresse_du_mot
        from glossaire.models import Concept, GlossairePage, ImportTermes, TermePage
        from glossaire.mots_expliques import mots_du_glossaire
        from glossaire.operations.import_termes import oublier
        from glossaire.operations.sources import verifier_les_sources
        from glossaire.queries.ajout import adresse_nouveau_mot
        from glossaire.queries.gestes_falc import gestes_pour_les_mots
        from glossaire.views.noms import lien_des_noms
        from redaction import roles
        from redaction.bureau import Bouton, register_bouton
        from redaction.permissions import matrice
        from socle import enrichissement, scheduling, search
        from variantes import adresses_des_mots, gestes_falc, liens_de_traduction, mots_expliques

        matrice.add_pages(GlossairePage, {roles.CONTRIBUTION: "add"})
        matrice.add_pages(TermePage)
        matrice.add_modeles((Concept,), {roles.REDACTION: "change", roles.MODERATION: "change delete"})
        matrice.add_modeles((ImportTermes,), {roles.REDACTION: "add", roles.MODERATION: "add view"})
        signals.connect()
        enrichissement.enregistrer(redaction_de)
        search.register_synonyms(recherche.synonymes)
        search.register_card(recherche.carte)
        search.register_suggestions(recherche.suggestions)
        scheduling.register("effacer_imports_de_termes", oublier)
        scheduling.register("glossaire_verifier_les_sources", verifier_les_sources)
        liens_de_traduction.enregistrer(lien_des_noms)
        mots_expliques.enregistrer(mots_du_glossaire)
        gestes_falc.enregistrer(gestes_pour_les_mots)
        register_bouton(Bouton("Ajouter un mot", "glossaire-mot", 25, adresse_nouveau_mot))
        adresses_des_mots.enregistrer(adresse_du_mot)
