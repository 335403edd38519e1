"""Changes of state of what readers say of the pages in FALC."""

import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from wagtail.log_actions import log
from wagtail.models import Page

from socle.dates import today
from variantes.models.retours import RetourLecture
from variantes.queries.retours import peut_effacer

# A comment helps while the text that it is about may be rewritten; the counts stay.
CONSERVATION = datetime.timedelta(days=365)
EFFACER = "variantes.retour.effacer"


def deposer(page: Page, reponse: str, commentaire: str) -> RetourLecture:
    """Keep what a reader says of the text that is public today, and nothing of who says it."""
    return RetourLecture.objects.create(
        page=page,
        page_titre=page.title,
        revision_id=page.live_revision_id,
        langue=page.locale.language_code,
        reponse=reponse,
        commentaire=commentaire.strip(),
    )


@transaction.atomic
def effacer_commentaire(retour_id: int, user: Any) -> RetourLecture:
    """Delete the comment of an answer, which still counts: it named someone, or insulted them.

    Raises `RetourLecture.DoesNotExist` where there is no such answer.
    """
    if not peut_effacer(user):
        raise PermissionDenied
    retour = RetourLecture.objects.select_for_update().get(pk=retour_id)
    if retour.commentaire:
        retour.commentaire = ""
        retour.save(update_fields=["commentaire"])
        log(retour, EFFACER, user=user)
    return retour


def oublier_commentaires(jour: datetime.date | None = None) -> int:
    """Delete the comments older than `CONSERVATION`, and return how many; the answers still count."""
    limite = (jour or today()) - CONSERVATION
    return RetourLecture.objects.filter(jour__lt=limite).exclude(commentaire="").update(commentaire="")
