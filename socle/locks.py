"""Locks that every process of the platform sees, kept by PostgreSQL.

Each lock has a connection of its own, outside Django's pool: whatever ends the process, even a cut of power, ends the
connection and so frees the lock. A pooler between the application and PostgreSQL must therefore keep sessions.
"""

import threading
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from typing import Any, Self

import psycopg
from django.db import connections

# Advisory locks are two numbers: one for the platform, one for the name.
SPACE = 0x706C_6174


def own_connection() -> psycopg.Connection[Any]:
    """Open a connection to the database that no pool and no transaction of Django knows."""
    parameters = connections["default"].get_connection_params() | {"context": None, "cursor_factory": None}
    given = {name: value for name, value in parameters.items() if value is not None}
    return psycopg.connect(**given, autocommit=True, application_name="plateforme-lock")


def number(name: str) -> int:
    """Return the number that stands for a lock's name: 32 bits with a sign, as PostgreSQL wants them."""
    return zlib.crc32(name.encode()) - 2**31


@contextmanager
def advisory_lock(name: str) -> Iterator[bool]:
    """Hold the lock `name` during the block; yields false, without waiting, when another process has it."""
    with own_connection() as connection:
        row = connection.execute("SELECT pg_try_advisory_lock(%s, %s)", [SPACE, number(name)]).fetchone()
        try:
            yield row == (True,)
        finally:
            # Closing alone frees it a moment later, when the server notices: who asks next would be refused.
            with suppress(psycopg.Error):
                connection.execute("SELECT pg_advisory_unlock_all()")


def is_held(name: str) -> bool:
    """Tell whether a living process has the lock `name`."""
    return bool(held({name}))


def held(names: set[str]) -> set[str]:
    """Return those of the locks that a living process has."""
    numbers = {number(name): name for name in names}
    with connections["default"].cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT objid::bigint FROM pg_locks WHERE locktype = 'advisory' AND granted AND classid = %s"
            " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())",
            [SPACE],
        )
        # pg_locks shows the numbers without their sign.
        found = {objid - 2**32 if objid >= 2**31 else objid for (objid,) in cursor.fetchall()}
    return {name for value, name in numbers.items() if value in found}


class Presence:
    """Shows the other processes that this one is alive, by shared locks kept from a thread of its own."""

    def __init__(self, *names: str, interval: float = 5.0) -> None:
        self.names = names
        self.interval = interval
        self._ended = threading.Event()
        self._thread: threading.Thread | None = None

    def __enter__(self) -> Self:
        # Nothing is done before the others can see it.
        self._thread = threading.Thread(target=self._keep, args=[self._show()], name="presence", daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self._ended.set()
        if self._thread is not None:
            self._thread.join(timeout=5)

    def _show(self) -> psycopg.Connection[Any]:
        connection = own_connection()
        for name in self.names:
            connection.execute("SELECT pg_advisory_lock_shared(%s, %s)", [SPACE, number(name)])
        return connection

    def _keep(self, connection: psycopg.Connection[Any]) -> None:
        while True:
            with closing(connection), suppress(psycopg.Error):
                while not self._ended.wait(self.interval):
                    connection.execute("SELECT 1")
            # The server restarted: the locks went with the connection, and come back with the next one.
            while not self._ended.wait(1):
                with suppress(psycopg.Error):
                    connection = self._show()
                    break
            else:
                return
