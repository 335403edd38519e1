"""The way out of mails: each is written with what it tells, in one transaction, and leaves once.

A mail is marked as sent in the transaction that sends it. A process killed in between sends it again, under the same
`Message-ID`: mail systems show it once. Better than never: nobody could tell whether it had left.
"""

import datetime
import logging
from functools import partial
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django_tasks import task

from socle.courriels import ATTENTES
from socle.models import CourrielASortir

logger = logging.getLogger(__name__)

CONSERVATION = datetime.timedelta(days=90)


def deposer(
    cle: str,
    destinataire: str,
    sujet: str,
    corps: str,
    *,
    apres: datetime.datetime | None = None,
    a_effacer: bool = False,
) -> bool:
    """Write a mail in the current transaction; false when there is one of that key already.

    `sujet` holds no personal data and no name of a page: it is shown on locked screens. `apres` holds the mail back.
    `a_effacer` forgets the text once it has left.
    """
    found, made = CourrielASortir.objects.get_or_create(
        cle=cle,
        defaults={
            "destinataire": destinataire,
            "sujet": f"[{settings.WAGTAIL_SITE_NAME}] {sujet}"[:200],
            "corps": corps,
            "a_effacer": a_effacer,
            **({"apres": apres} if apres else {}),
        },
    )
    if made and apres is None:
        transaction.on_commit(partial(sortir.enqueue, found.pk))
    return made


def retirer(prefixe: str) -> int:
    """Forget the mails that wait and whose key starts with `prefixe`: what they would tell is no longer true.

    One that is leaving at this very moment is not waited for: a mail server takes its time.
    """
    waiting = CourrielASortir.objects.filter(cle__startswith=prefixe, envoye_le=None, abandonne_le=None)
    return CourrielASortir.objects.filter(pk__in=list(_libres(waiting))).delete()[0]


def _libres(courriels: QuerySet[CourrielASortir]) -> QuerySet[CourrielASortir, int]:
    return courriels.select_for_update(skip_locked=True).values_list("pk", flat=True)


@task()
def sortir(pk: int) -> None:
    """Send one mail; run twice, it finds nothing left. What could not leave, the clock tries again."""
    try:
        envoyer(pk)
    except OSError:
        logger.warning("Mail %s could not leave yet", pk, exc_info=True)


def envoyer(pk: int, now: datetime.datetime | None = None) -> bool:
    """Send a mail that waits and is due; raises `OSError` while the mail server does not answer."""
    moment = now or timezone.now()
    with transaction.atomic():
        waiting = CourrielASortir.objects.select_for_update(skip_locked=True)
        mail = waiting.filter(pk=pk, envoye_le=None, abandonne_le=None, apres__lte=moment).first()
        if mail is None:
            return False
        try:
            _message(mail).send()
        except OSError as error:
            failure = error
        else:
            mail.envoye_le = moment
            if mail.a_effacer:
                mail.corps = ""
                mail.destinataire = ""
            mail.save(update_fields=["envoye_le", "corps", "destinataire"])
            return True
        mail.essais += 1
        if mail.essais > len(ATTENTES):
            mail.abandonne_le = moment
            if mail.a_effacer:
                mail.corps = ""
                mail.destinataire = ""
            logger.error("Mail %s is given up after %s attempts", pk, mail.essais)
        else:
            mail.apres = moment + ATTENTES[mail.essais - 1]
        mail.save(update_fields=["essais", "apres", "abandonne_le", "corps", "destinataire"])
    raise failure


def numero(cle: str) -> str:
    """Return the `Message-ID` of the mail of that key, whatever the process that sends it."""
    host = urlsplit(settings.WAGTAILADMIN_BASE_URL).hostname or "localhost"
    return f"<{salted_hmac('socle.sortie', cle).hexdigest()}@{host}>"


def _message(mail: CourrielASortir) -> EmailMessage:
    return EmailMessage(
        subject=mail.sujet,
        body=mail.corps,
        to=[mail.destinataire],
        headers={"Auto-Submitted": "auto-generated", "Message-ID": numero(mail.cle)},
    )


def sortir_ce_qui_attend(now: datetime.datetime | None = None) -> int:
    """Send what is due and has not left; return how many mails did. One address that fails does not stop the others."""
    moment = now or timezone.now()
    due = CourrielASortir.objects.filter(envoye_le=None, abandonne_le=None, apres__lte=moment)
    number = 0
    for pk in due.order_by("apres", "pk").values_list("pk", flat=True)[:1000]:
        try:
            number += envoyer(pk, moment)
        except OSError:
            logger.warning("Mail %s could not leave yet", pk, exc_info=True)
    return number


def oublier_les_courriels(now: datetime.datetime | None = None) -> int:
    """Delete what left, or was given up, long ago: keys of that age are never asked again."""
    before = (now or timezone.now()) - CONSERVATION
    sent, _details = CourrielASortir.objects.filter(envoye_le__lt=before).delete()
    lost, _details = CourrielASortir.objects.filter(abandonne_le__lt=before).delete()
    return sent + lost
