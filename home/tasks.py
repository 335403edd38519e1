"""Background tasks of the home app."""

from django.conf import settings
from django.core.mail import EmailMessage
from django_tasks import task

from home.models import MessageContact
from socle.courriels import envoyer


@task()
def transmettre_message(message_id: int, destinataire: str, essai: int = 0) -> None:
    """Mail a contact message to the team. Run twice, it sends two mails: better than none."""
    message = MessageContact.objects.filter(pk=message_id).first()
    if message is None:  # deleted meanwhile
        return
    courriel = _courriel(message, destinataire)
    envoyer(courriel, transmettre_message, (message_id, destinataire), essai, f"Contact message {message_id}")


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
