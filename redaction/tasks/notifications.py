"""Mails that tell what waits, what was decided, what comes due."""

import logging

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from redaction.courriels import courriel
from redaction.models import Notification
from redaction.queries.notifications import a_dire

logger = logging.getLogger(__name__)


@task()
def ecrire(user_id: int) -> None:
    """Mail a person what she has not been told yet.

    Run twice, it finds nothing left. What it could not send, the clock tries again every minute.
    """
    try:
        envoyer(user_id)
    except OSError:
        logger.warning("Notifications of account %s could not be mailed yet", user_id, exc_info=True)


@transaction.atomic
def envoyer(user_id: int) -> int:
    """Send one mail with what is still to be told to a person; return how many things it tells.

    Raises `OSError` while the mail server does not answer: everything stays to be told.
    """
    pending = Notification.objects.filter(user_id=user_id, envoyee_le=None).select_related(
        "user", "page", "proposition", "etape"
    )
    found = list(pending.select_for_update(of=("self",), skip_locked=True))
    told = [notification for notification in found if a_dire(notification)]
    stale = {notification.pk for notification in found} - {notification.pk for notification in told}
    Notification.objects.filter(pk__in=stale).delete()
    if told:
        courriel(told[0].user.email, told).send()
        Notification.objects.filter(pk__in=[each.pk for each in told]).update(envoyee_le=timezone.now())
    return len(told)
