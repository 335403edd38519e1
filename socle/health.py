"""What a load balancer and a monitor ask: is this process alive, may it take visitors, does everything run."""

from collections.abc import Callable

from django.core.cache import cache
from django.db import DatabaseError, Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache

from socle import background
from socle.scheduling import LAST_RUN

Checks = dict[str, bool]


@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """200 when the database and the cache answer, else 503."""
    return _answer({"database": _database_answers(), "cache": _cache_answers()})


@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """200 when this process may take visitors: database, migrations and cache are there; else 503.

    A worker or a clock that is missing is told, but readers are served without them: only with `?all=1`, for monitors,
    does it change the status.
    """
    database = _database_answers()
    needed = {"database": database, "migrations": database and _migrations.applied(), "cache": _cache_answers()}
    others = {"worker": database and _worker_answers(), "clock": needed["cache"] and bool(cache.get(LAST_RUN))}
    return _answer(needed, others, strict=request.GET.get("all") == "1")


def _answer(needed: Checks, others: Checks | None = None, *, strict: bool = False) -> JsonResponse:
    found = others or {}
    complete = all(found.values())
    serving = all(needed.values()) and (complete or not strict)
    status = "unavailable" if not serving else "ok" if complete else "degraded"
    return JsonResponse({"status": status, **needed, **found}, status=200 if serving else 503)


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:  # also InterfaceError: a connection that the server closed
        return False
    return True


def _cache_answers() -> bool:
    try:
        cache.set("healthz", "1", timeout=10)
        return bool(cache.get("healthz") == "1")
    except Exception:  # noqa: BLE001 -- each cache backend raises errors of its own
        return False


def _worker_answers() -> bool:
    return not background.are_deferred() or background.a_worker_is_alive()


class _Migrations:
    """Whether the database has every migration of this version. Reading them is slow: a yes is remembered."""

    def __init__(self) -> None:
        self._applied = False

    def applied(self) -> bool:
        if not self._applied:
            try:
                executor = MigrationExecutor(connection)
                self._applied = not executor.migration_plan(executor.loader.graph.leaf_nodes())
            except DatabaseError:
                return False
        return self._applied

    def forget(self) -> None:
        self._applied = False


_migrations = _Migrations()

ADDRESSES = {"/healthz": healthz, "/readyz": readyz}


class HealthMiddleware:
    """Answers before anything looks at the host or the scheme: probes use the address of the machine."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        view = ADDRESSES.get(request.path_info)
        return view(request) if view else self.get_response(request)
