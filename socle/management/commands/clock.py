"""`manage.py clock`: calls `run_due` at every full minute. Several may run; one works, the others stand by."""

import logging
import signal
import threading
import time
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import close_old_connections

from socle.locks import advisory_lock

logger = logging.getLogger(__name__)

LOCK = "clock"
STANDBY = 10.0


class Command(BaseCommand):
    help = "Lance `run_due` chaque minute. À garder toujours en marche."

    def handle(self, *args: Any, **options: Any) -> None:
        self.ended = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self.ended.set())
        while not self.ended.is_set():
            try:
                with advisory_lock(LOCK) as ours:
                    if ours:
                        self.tick(options["verbosity"])
            except Exception:
                # A database that restarts must not end the clock.
                logger.exception("The clock could not run")
            self.ended.wait(STANDBY)

    def tick(self, verbosity: int) -> None:
        """Run what is due now and at every full minute, until the process is asked to end."""
        while True:
            self.run_due(verbosity)
            if self.ended.wait(60 - time.time() % 60):
                return

    def run_due(self, verbosity: int) -> None:
        close_old_connections()
        try:
            call_command("run_due", verbosity=verbosity, stdout=self.stdout)
        except CommandError as error:
            logger.error("run_due: %s", error)  # noqa: TRY400 -- each job has recorded its own traceback
        finally:
            close_old_connections()
