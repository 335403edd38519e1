from django.apps import AppConfig


class SocleConfig(AppConfig):
    name = "socle"
    verbose_name = "Socle"

    def ready(self) -> None:
        from socle import background, cdn, retention, scheduling
        from socle.comptes import checks, operations, signals  # noqa: F401 -- the checks register themselves
        from socle.search import sans_resultat
        from socle.signals import connect

        connect()
        signals.connect()
        scheduling.register("effacer_traces_de_sessions", operations.effacer_traces_de_sessions)
        cdn.connect()
        scheduling.register("reprendre_taches_interrompues", background.requeue_interrupted)
        scheduling.register("effacer_taches_finies", retention.forget_finished_tasks)
        scheduling.register("effacer_sessions_expirees", retention.forget_expired_sessions)
        scheduling.register("effacer_recherches_sans_resultat", sans_resultat.oublier)
