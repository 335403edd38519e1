"""Mails that leave from background tasks, tried again while the mail server does not answer."""

import datetime
import logging
from typing import Any

from django.core.mail import EmailMessage
from django.utils import timezone
from django_tasks.base import Task

from socle import background

logger = logging.getLogger(__name__)

# How long to wait before each new attempt: for a day in all.
ATTENTES = tuple(datetime.timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240, 1080))


def envoyer(
    courriel: EmailMessage, ensuite: "Task[Any, Any]", arguments: tuple[Any, ...], essai: int, quoi: str
) -> None:
    """Send a mail, or queue the task `ensuite` again with its `arguments` and the next number of attempt.

    `quoi` names in the records what was to be mailed, without personal data.
    """
    try:
        courriel.send()
    except OSError:
        if not background.are_deferred() or essai >= len(ATTENTES):
            logger.exception("%s is stored but could not be mailed", quoi)
            return
        logger.warning("%s could not be mailed yet", quoi, exc_info=True)
        ensuite.using(run_after=timezone.now() + ATTENTES[essai]).enqueue(*arguments, essai + 1)
