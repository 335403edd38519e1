"""What the platform forgets by itself."""

import datetime

from django.contrib.sessions.models import Session
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

TASKS_KEPT = datetime.timedelta(days=14)


def forget_finished_tasks() -> int:
    """Delete the results of background tasks that ended long ago; return how many."""
    finished = DBTaskResult.objects.finished().filter(finished_at__lt=timezone.now() - TASKS_KEPT)
    number: int = finished.delete()[0]
    return number


def forget_expired_sessions() -> int:
    """Delete the sessions that no longer open anything; return how many."""
    return Session.objects.filter(expire_date__lt=timezone.now()).delete()[0]
