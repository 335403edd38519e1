"""`manage.py worker`: runs the background tasks, and shows the other processes that it is alive."""

import logging
import socket
import sys
from argparse import ArgumentParser
from typing import Any

from django_tasks_db.management.commands.db_worker import Command as DatabaseWorker

from socle import background

logger = logging.getLogger(__name__)

# A CDN that does not answer must not stop the queue: Wagtail's purge sets no limit of its own.
NETWORK_TIMEOUT = 30


class Command(DatabaseWorker):
    help = "Exécute les tâches de fond (index de recherche, purge du CDN…). À garder toujours en marche."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.set_defaults(queue_name="*")

    def handle(self, *, worker_id: str, **options: Any) -> None:
        socket.setdefaulttimeout(NETWORK_TIMEOUT)
        with background.presence(worker_id):
            try:
                super().handle(worker_id=worker_id, **options)
            except Exception:
                # The platform's records, unlike Python's own, never show the data that an error carries.
                logger.exception("The worker stops")
                sys.exit(1)
