"""Publishes the texts whose hour has come, each by itself: one that may not be public keeps no other waiting."""

import logging

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import Revision

logger = logging.getLogger(__name__)
REFUS = "socle.publication_refusee"


def publier_les_programmees() -> int:
    """Publish what is due; return how many. What is refused is no longer scheduled, and its history says why."""
    due = Revision.objects.filter(approved_go_live_at__lt=timezone.now()).order_by("approved_go_live_at")
    return sum(_publier(revision) for revision in list(due))


def _publier(revision: Revision) -> bool:
    try:
        with transaction.atomic():
            revision.publish(log_action="wagtail.publish.scheduled")
    except ValidationError as refusal:
        with transaction.atomic():
            Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=None)
            reason = " ".join(refusal.messages)
            log(instance=revision.content_object, action=REFUS, revision=revision, data={"raison": reason})
        logger.warning("Scheduled publication of %s %s refused", revision.object_str, revision.object_id)
        return False
    return True
