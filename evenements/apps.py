from django.apps import AppConfig


class EvenementsConfig(AppConfig):
    name = "evenements"
    verbose_name = "Événements"

    def ready(self) -> None:
        # Importing the views also registers the contexts of the pages.
        import evenements.views  # noqa: F401 -- registers the contexts
        from evenements import propositions
        from evenements.models import AgendaPage, Evenement, EvenementPage, Inscription
        from evenements.operations import enquetes, inscriptions, places_dites
        from evenements.operations.seances import materialiser_les_series
        from evenements.views.equipe.base import adresse_pour_annoncer
        from redaction import roles
        from redaction.bureau import Bouton, register_bouton
        from redaction.permissions import matrice
        from socle import generation
        from socle.models import Lieu
        from socle.scheduling import register

        # Facts show at once in every language. Dates are changed by the operations, which say so once for many.
        generation.watch(Evenement, Lieu)
        matrice.add_pages(AgendaPage, {roles.ANIMATION: "add change"})
        matrice.add_pages(EvenementPage)
        matrice.add_modeles(
            (Evenement,),
            {roles.REDACTION: "view", roles.ANIMATION: "add change", roles.MODERATION: "add change delete"},
        )
        matrice.add_modeles((Inscription,), dict.fromkeys((roles.ANIMATION, roles.MODERATION), "add change"))
        register_bouton(Bouton("Annoncer une rencontre", "calendar-alt", 27, adresse_pour_annoncer))
        register("evenements_echeances", places_dites.passer_les_echeances)
        register("evenements_enquetes", enquetes.inviter)
        register("evenements_enquetes_oublier", enquetes.oublier_les_jetons)
        register("evenements_seances", materialiser_les_series)
        # In the order of their names: what nobody confirmed or accepted first, then the seats of the next.
        register("inscriptions_1_expirer", inscriptions.expirer_non_confirmees)
        register("inscriptions_2_laisser_passer", inscriptions.laisser_passer)
        register("inscriptions_3_proposer", inscriptions.proposer_ce_qui_est_libre)
        register("inscriptions_4_rappeler", inscriptions.rappeler)
        register("inscriptions_5_effacer_besoins", inscriptions.effacer_besoins)
        register("inscriptions_6_rendre_anonymes", inscriptions.anonymiser)
        propositions.enregistrer()
