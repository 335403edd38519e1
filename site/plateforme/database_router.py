"""A read replica, where there is one, takes the reading of public pages.

Only what any visitor may see is read there: GET requests without a session. The replica is asked only once it has
reached the content generation of the primary, so that it never shows, nor lets a cache keep, a page older than the last
publication. After a write, the rest of the request reads what it wrote: on the primary.
"""

import contextvars
import logging
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connections
from django.http import HttpRequest, HttpResponse

from socle import generation
from socle.models import GenerationContenu

logger = logging.getLogger(__name__)

PRIMARY = "default"
REPLICA = "replica"

# Unlogged tables do not reach a replica, and the generation is what a replica is measured by.
PRIMARY_ONLY = {"django_cache.cacheentry", "sessions.session", GenerationContenu._meta.label_lower}

# How often each process looks where the replica is, in seconds; less often when it does not answer.
LOOK = 1.0
LOOK_AGAIN = 15.0
UNKNOWN = -1

_reads: contextvars.ContextVar[str] = contextvars.ContextVar("reads", default=PRIMARY)


class ReplicaRouter:
    """Sends reads where the middleware says, and everything else to the primary."""

    def db_for_read(self, model: Any, **hints: Any) -> str:
        if _label(model) in PRIMARY_ONLY or connections[PRIMARY].in_atomic_block:
            return PRIMARY
        return _reads.get()

    def db_for_write(self, model: Any, **hints: Any) -> str:
        if _label(model) not in PRIMARY_ONLY:
            _reads.set(PRIMARY)
        return PRIMARY

    def allow_relation(self, obj1: Any, obj2: Any, **hints: Any) -> bool:
        return True

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        return db == PRIMARY


def _label(model: Any) -> str:
    return f"{model._meta.app_label}.{model._meta.model_name}"


class ReplicaMiddleware:
    """Lets the reads of a public request go to the replica. Stands right inside the page cache."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self._reached = UNKNOWN
        self._next_look = float("-inf")

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not self._is_public(request) or not self._is_up_to_date():
            return self.get_response(request)
        token = _reads.set(REPLICA)
        try:
            return self.get_response(request)
        finally:
            _reads.reset(token)

    @staticmethod
    def _is_public(request: HttpRequest) -> bool:
        return (
            request.method in {"GET", "HEAD"}
            and settings.SESSION_COOKIE_NAME not in request.COOKIES
            and not request.path.startswith(settings.ADMIN_PATH)
        )

    def _is_up_to_date(self) -> bool:
        now = time.monotonic()
        if now >= self._next_look:
            try:
                rows = GenerationContenu.objects.using(REPLICA).filter(nom=generation.CONTENU)
                found = rows.values_list("valeur", flat=True).first()
                self._reached, self._next_look = found or 0, now + LOOK
            except DatabaseError:
                # A replica that is away takes nothing down with it.
                logger.warning("The replica does not answer: the primary serves everything")
                self._reached, self._next_look = UNKNOWN, now + LOOK_AGAIN
        return self._reached >= generation.current()
