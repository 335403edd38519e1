"""Runs whatever is due: scheduled publication, retention, reminders."""

import logging
from typing import Any

from django.core.management import CommandError, call_command
from django.core.management.base import BaseCommand

from socle.scheduling import jobs

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Fait tout ce qui est dû : publications programmées, effacements, rappels. À lancer chaque minute."

    def handle(self, *args: Any, **options: Any) -> None:
        failed = []
        call_command("publish_scheduled", verbosity=0)
        for job in jobs():
            try:
                number = job.run()
            except Exception:
                # One failing job must not keep the others from running.
                logger.exception("Scheduled job %s failed", job.name)
                failed.append(job.name)
            else:
                if number:
                    self.stdout.write(f"{job.name} : {number}")
        if failed:
            raise CommandError(f"En échec : {', '.join(failed)}")
