from django.apps import AppConfig


class EvenementsConfig(AppConfig):
    name = "evenements"
    verbose_name = "Événements"

    def ready(self) -> None:
        from evenements import propositions
        from evenements.models import AgendaPage, Evenement, EvenementPage
        from evenements.operations import enquetes, inscriptions
        from evenements.operations.seances import materialiser_les_series
        from redaction import roles
        from redaction.permissions import matrice
        from socle import scheduling

        matrice.add_pages(AgendaPage, {roles.ANIMATION: "add change"})
        matrice.add_pages(EvenementPage)
        matrice.add_modeles(
            (Evenement,), {roles.REDACTION: "view", roles.ANIMATION: "add change", roles.MODERATION: "add change"}
        )
        scheduling.register("evenements_enquetes", enquetes.inviter)
        scheduling.register("evenements_enquetes_oublier", enquetes.oublier_les_jetons)
        scheduling.register("evenements_seances", materialiser_les_series)
        # In the order of their names: what nobody confirmed or accepted first, then the seats of the next.
        scheduling.register("inscriptions_1_expirer", inscriptions.expirer_non_confirmees)
        scheduling.register("inscriptions_2_laisser_passer", inscriptions.laisser_passer)
        scheduling.register("inscriptions_3_proposer", inscriptions.proposer_ce_qui_est_libre)
        scheduling.register("inscriptions_4_rappeler", inscriptions.rappeler)
        scheduling.register("inscriptions_5_effacer_besoins", inscriptions.effacer_besoins)
        scheduling.register("inscriptions_6_rendre_anonymes", inscriptions.anonymiser)
        propositions.enregistrer()
