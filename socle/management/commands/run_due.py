"""Runs whatever is due: scheduled publication, retention, reminders."""

import logging
from typing import Any

from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.core.management.base import BaseCommand

from socle.locks import advisory_lock
from socle.programmees import publier_les_programmees
from socle.scheduling import LAST_RUN, LAST_RUN_KEPT, Job, jobs

logger = logging.getLogger(__name__)

LOCK = "run_due"


def publish_scheduled() -> int:
    """Publish and unpublish the pages whose hour has come; return how many were published."""
    number = publier_les_programmees()
    # What is left to do is to take back those whose time is over; Wagtail does not say how many.
    call_command("publish_scheduled", verbosity=0)
    return number


class Command(BaseCommand):
    help = "Fait tout ce qui est dû : publications programmées, effacements, rappels. À lancer chaque minute."

    def handle(self, *args: Any, **options: Any) -> None:
        with advisory_lock(LOCK) as ours:
            if not ours:
                self.stdout.write("Une autre exécution est en cours : rien à faire ici.")
                return
            self.run_jobs()

    def run_jobs(self) -> None:
        failed = []
        for job in [Job("publish_scheduled", publish_scheduled), *jobs()]:
            try:
                number = job.run()
            except Exception:
                # One failing job must not keep the others from running.
                logger.exception("Scheduled job %s failed", job.name)
                failed.append(job.name)
            else:
                if number:
                    self.stdout.write(f"{job.name} : {number}")
        cache.set(LAST_RUN, True, timeout=LAST_RUN_KEPT)
        if failed:
            raise CommandError(f"En échec : {', '.join(failed)}")
