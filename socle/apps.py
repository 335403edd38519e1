from django.apps import AppConfig
from django.db.models.signals import post_migrate


class SocleConfig(AppConfig):
    name = "socle"
    verbose_name = "Socle"

    def ready(self) -> None:
        from socle import background, cdn, retention, scheduling, sortie
        from socle.comptes import checks, operations, signals  # noqa: F401 -- the checks register themselves
        from socle.operations import creer_langues
        from socle.search import sans_resultat
        from socle.signals import connect

        connect()
        # Once every table is there, in the order in which the apps are migrated.
        post_migrate.connect(creer_langues, sender=self, dispatch_uid="socle.langues")
        signals.connect()
        scheduling.register("effacer_traces_de_sessions", operations.effacer_traces_de_sessions)
        cdn.connect()
        scheduling.register("reprendre_taches_interrompues", background.requeue_interrupted)
        scheduling.register("effacer_taches_finies", retention.forget_finished_tasks)
        scheduling.register("effacer_sessions_expirees", retention.forget_expired_sessions)
        scheduling.register("sortir_les_courriels", sortie.sortir_ce_qui_attend)
        scheduling.register("effacer_courriels_sortis", sortie.oublier_les_courriels)
        scheduling.register("effacer_recherches_sans_resultat", sans_resultat.oublier)
