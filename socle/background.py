"""Background tasks: which workers are alive, and what becomes of the tasks of those that are not.

A task may so run twice (once interrupted, once in full): every task must bear it.
"""

import datetime
import logging

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from socle import locks

logger = logging.getLogger(__name__)

WORKER = "worker"
# A worker that has lost its connection has this long to come back before its task is given to another.
GRACE = datetime.timedelta(seconds=30)
# A task that has taken this many workers down with it is not tried again.
ATTEMPTS = 3
INTERRUPTIONS = ("builtins.SystemExit", "builtins.KeyboardInterrupt")


class WorkersLostError(Exception):
    """A task was interrupted as often as it may be."""


def are_deferred() -> bool:
    """Tell whether tasks wait for a worker; otherwise the process that asks for one runs it."""
    return str(settings.TASKS["default"]["BACKEND"]).startswith("django_tasks_db.")


def presence(worker_id: str) -> locks.Presence:
    """Show that the worker `worker_id` is alive, as long as the returned context lasts."""
    return locks.Presence(WORKER, _lock_of(worker_id))


def a_worker_is_alive() -> bool:
    """Tell whether any worker is."""
    return locks.is_held(WORKER)


def _lock_of(worker_id: str) -> str:
    return f"{WORKER}:{worker_id}"


def requeue_interrupted(now: datetime.datetime | None = None) -> int:
    """Give the tasks of workers that died or were stopped back to the queue; return how many."""
    before = (now or timezone.now()) - GRACE
    interrupted = Q(status=TaskResultStatus.RUNNING) | Q(
        status=TaskResultStatus.FAILED, exception_class_path__in=INTERRUPTIONS
    )
    with transaction.atomic():
        tasks = list(
            DBTaskResult.objects.filter(interrupted, started_at__lt=before)
            .order_by("started_at")
            .select_for_update(skip_locked=True)[:500]
        )
        alive = locks.held({_lock_of(worker) for task in tasks for worker in task.worker_ids})
        orphans = [task for task in tasks if task.status == TaskResultStatus.FAILED or not _worker_of(task) & alive]
        return sum(_give_back(task) for task in orphans)


def _worker_of(task: DBTaskResult) -> set[str]:
    return {_lock_of(worker) for worker in task.worker_ids[-1:]}


def _give_back(task: DBTaskResult) -> bool:
    if len(task.worker_ids) >= ATTEMPTS:
        logger.error("Task %s was interrupted %s times: given up", task.task_path, len(task.worker_ids))
        task.set_failed(WorkersLostError())
        return False
    task.status = TaskResultStatus.READY
    task.started_at = task.finished_at = None
    task.exception_class_path = task.traceback = ""
    task.save(update_fields=["status", "started_at", "finished_at", "exception_class_path", "traceback"])
    return True
