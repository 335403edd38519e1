"""Background tasks of the home app."""

import datetime
import logging

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import timezone
from django_tasks import task

from home.models import MessageContact
from socle import background

logger = logging.getLogger(__name__)

# How long to wait before each new attempt while the mail server does not answer: for a day in all.
ATTENTES = tuple(datetime.timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240, 1080))


@task()
def transmettre_message(message_id: int, destinataire: str, essai: int = 0) -> None:
    """Mail a contact message to the team. Run twice, it sends two mails: better than none."""
    message = MessageContact.objects.filter(pk=message_id).first()
    if message is None:  # deleted meanwhile
        return
    try:
        _courriel(message, destinataire).send()
    except OSError:
        if not background.are_deferred() or essai >= len(ATTENTES):
            logger.exception("Contact message %s is stored but could not be mailed", message_id)
            return
        logger.warning("Contact message %s could not be mailed yet", message_id, exc_info=True)
        later = transmettre_message.using(run_after=timezone.now() + ATTENTES[essai])
        later.enqueue(message_id, destinataire, essai + 1)


def _courriel(message: MessageContact, destinataire: str) -> EmailMessage:
    return EmailMessage(
        # No personal data in a subject: it is shown on locked screens and kept in mail logs.
        subject=f"[{settings.WAGTAIL_SITE_NAME}] Nouveau message n° {message.pk}",
        body=(
            f"Sujet : {message.get_sujet_display()}\nNom : {message.nom or 'non donné'}\n"
            f"Adresse : {message.courriel}\nLangue : {message.langue}\n\n{message.message}\n"
        ),
        to=[destinataire],
        reply_to=[message.courriel],
    )
