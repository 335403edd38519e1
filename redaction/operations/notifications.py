"""What the team is told, when, and once."""

import datetime
import logging
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.models import Page, TaskState

from redaction.models import Genre, Notification, PreferenceNotification, Proposition, RappelDeRevision, Rythme
from redaction.queries.fraicheur import dues
from redaction.queries.notifications import qui_attendent, redacteurs, rythmes
from redaction.tasks.notifications import ecrire, envoyer
from socle.dates import today

logger = logging.getLogger(__name__)

# When the daily mail leaves, in Paris.
MATIN = datetime.time(7)
# What could not be told for so long is old news; what was told is forgotten after that time.
PERIMEE = datetime.timedelta(days=3)
CONSERVATION = datetime.timedelta(days=90)


@transaction.atomic
def notifier(
    genre: Genre,
    sujet: Page | Proposition,
    users: Iterable[int | None],
    cle: str,
    *,
    sauf: Any = None,
    etape: TaskState | None = None,
) -> int:
    """Tell people of a page or a proposal, except `sauf`, who did it; return how many will be.

    The same `cle` is told only once.
    """
    wanted = rythmes({pk for pk in users if pk} - {getattr(sauf, "pk", None)})
    told = [pk for pk, rythme in wanted.items() if rythme != Rythme.JAMAIS]
    name = "proposition" if isinstance(sujet, Proposition) else "page"
    about = {"genre": genre, f"{name}_id": sujet.pk, "cle": cle, "etape": etape}
    Notification.objects.bulk_create(
        [Notification(user_id=pk, **about) for pk in told],
        # Told or not, it is the same thing; the step that waits may be a new one.
        update_conflicts=True,
        unique_fields=["user", "genre", name, "cle"],
        update_fields=["etape"],
    )
    for pk in told:
        if wanted[pk] == Rythme.IMMEDIAT:
            ecrire.enqueue(pk)
    return len(told)


@transaction.atomic
def notifier_ensemble(genre: Genre, evenements: Sequence[tuple[Page, Iterable[int], str]]) -> int:
    """Tell people of several pages at once, each with its `cle`; return to how many.

    Who wants to be told at once receives one mail for all.
    """
    wanted = rythmes({pk for _page, users, _cle in evenements for pk in users})
    told = {pk: rythme for pk, rythme in wanted.items() if rythme != Rythme.JAMAIS}
    Notification.objects.bulk_create(
        (
            Notification(user_id=pk, genre=genre, page_id=page.pk, cle=cle)
            for page, users, cle in evenements
            for pk in users
            if pk in told
        ),
        ignore_conflicts=True,
        batch_size=1000,
    )
    for pk, rythme in told.items():
        if rythme == Rythme.IMMEDIAT:
            ecrire.enqueue(pk)
    return len(told)


def choisir_rythme(user: Any, rythme: str) -> None:
    """Change how often a person is told; what waits follows the new choice."""
    PreferenceNotification.objects.update_or_create(user=user, defaults={"rythme": Rythme(rythme)})
    if rythme == Rythme.JAMAIS:
        Notification.objects.filter(user=user, envoyee_le=None).delete()


def envoyer_ce_qui_attend() -> int:
    """Mail those who want to be told at once what the queue could not: the mail server was out, a worker died."""
    return _envoyer_a_chacun(envoyer, qui_attendent(Rythme.IMMEDIAT).values_list("pk", flat=True))


def _envoyer_a_chacun(send: Callable[[int], int], people: Iterable[int]) -> int:
    """Call `send` for each person: an address that is refused does not keep the others waiting."""
    number = 0
    for pk in people:
        try:
            number += send(pk)
        except OSError:
            logger.warning("Notifications of account %s could not be mailed yet", pk, exc_info=True)
    return number


def envoyer_les_recapitulatifs(now: datetime.datetime | None = None) -> int:
    """Mail what happened since the last time to those who want it once a day."""
    here = timezone.localtime(now, timezone.get_default_timezone())
    if here.time() < MATIN:
        return 0
    late = PreferenceNotification.objects.filter(rythme=Rythme.QUOTIDIEN).exclude(recapitulatif_le__gte=here.date())
    send = partial(_envoyer_le_recapitulatif, day=here.date())
    return _envoyer_a_chacun(send, late.values_list("pk", flat=True))


@transaction.atomic
def _envoyer_le_recapitulatif(pk: int, day: datetime.date) -> int:
    held = PreferenceNotification.objects.select_for_update().filter(pk=pk, rythme=Rythme.QUOTIDIEN)
    if not held.exclude(recapitulatif_le__gte=day).update(recapitulatif_le=day):
        return 0
    return envoyer(pk)


def rappeler_les_revisions(on: datetime.date | None = None) -> int:
    """Tell the owner of each page that comes due, and those who write in its language; return how many pages."""
    pages = {page.pk: page for page in dues(on or today()).exclude(prochaine_revision=None).select_related("locale")}
    known = RappelDeRevision.objects.filter(page__in=pages).values_list("page_id", "prochaine_revision")
    told = set(known)
    late = [page for page in pages.values() if (page.pk, page.prochaine_revision) not in told]
    team = {page.locale.language_code: redacteurs(page.locale.language_code) for page in late}
    for page in late:
        _rappeler(page, team[page.locale.language_code])
    return len(late)


@transaction.atomic
def _rappeler(page: Any, team: set[int]) -> None:
    day = page.prochaine_revision
    _row, made = RappelDeRevision.objects.get_or_create(page_id=page.pk, prochaine_revision=day)
    if made:
        notifier(Genre.A_REVOIR, page, {page.owner_id, *team}, cle=day.isoformat())


def oublier_les_notifications(now: datetime.datetime | None = None) -> int:
    """Delete what was told long ago, and what is too old to be told."""
    moment = now or timezone.now()
    told, _details = Notification.objects.filter(envoyee_le__lt=moment - CONSERVATION).delete()
    stale, _details = Notification.objects.filter(envoyee_le=None, cree_le__lt=moment - PERIMEE).delete()
    return told + stale
