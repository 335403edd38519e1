"""The database of a backup, by PostgreSQL's own tools."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any

import psycopg
from django.conf import settings
from django.db import connections
from psycopg import sql

from socle.backup.archive import BackupError
from socle.locks import own_connection

# Their tables are kept, not their rows: a cache is rebuilt, and a stolen backup must open nobody's session.
FORGOTTEN = ("plateforme_cache", "django_session")

# libpq's own variables, so that no password shows in the list of processes.
VARIABLES = {
    "host": "PGHOST",
    "port": "PGPORT",
    "user": "PGUSER",
    "password": "PGPASSWORD",
    "dbname": "PGDATABASE",
    "service": "PGSERVICE",
    "sslmode": "PGSSLMODE",
    "sslrootcert": "PGSSLROOTCERT",
    "sslcert": "PGSSLCERT",
    "sslkey": "PGSSLKEY",
    "connect_timeout": "PGCONNECT_TIMEOUT",
    "channel_binding": "PGCHANNELBINDING",
    "target_session_attrs": "PGTARGETSESSIONATTRS",
}

TABLES = """
    SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = 'public' AND c.relkind = 'r'
    AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
    ORDER BY c.relname
"""
EMPTY = (
    "DROP SCHEMA public CASCADE",
    "CREATE SCHEMA public",
    "ALTER SCHEMA public OWNER TO pg_database_owner",
    "GRANT USAGE ON SCHEMA public TO PUBLIC",
)
# A process that still works in the database would make the restoration wait for ever.
LOCK_TIMEOUT = "30s"


def tool(name: str) -> str:
    """Return the path of one of PostgreSQL's programs. Raises `BackupError` when it is not there."""
    found = shutil.which(name, path=settings.PG_BIN or None)
    if found is None:
        where = f"dans {settings.PG_BIN}" if settings.PG_BIN else "dans le PATH"
        raise BackupError(f"Le programme {name} manque {where} : installez postgresql-client, ou réglez PG_BIN.")
    return found


def environment(**more: str) -> dict[str, str]:
    """Return the environment that leads PostgreSQL's programs to the database of the settings."""
    parameters = connections["default"].get_connection_params()
    given = {variable: str(parameters[name]) for name, variable in VARIABLES.items() if parameters.get(name)}
    inherited = {name: value for name, value in os.environ.items() if name not in VARIABLES.values()}
    return {**inherited, **given, **more}


def check_versions() -> str:
    """Return the server's version. Raises `BackupError` when the tools are older than the server."""
    with own_connection() as connection:
        server = connection.info.server_version // 10000
        label = str(connection.info.parameter_status("server_version"))
    output = subprocess.run([tool("pg_dump"), "--version"], capture_output=True, text=True, check=True).stdout  # noqa: S603
    match = re.search(r"(\d+)(?:\.\d+)?", output)
    if match is None or int(match[1]) < server:
        raise BackupError(
            f"Le serveur est en version {server}, mais {tool('pg_dump')} ne l’est pas ({output.strip()}) : "
            f"installez postgresql-client-{server}, ou réglez PG_BIN."
        )
    return label


@contextmanager
def snapshot() -> Iterator[tuple[psycopg.Connection[Any], str]]:
    """Hold one moment of the database still: what is counted here is what is dumped with this snapshot."""
    with own_connection() as connection:
        connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        row = connection.execute("SELECT pg_export_snapshot()").fetchone()
        if row is None:
            raise BackupError("PostgreSQL n’a pas donné d’instantané de la base.")
        yield connection, row[0]


def row_counts(connection: psycopg.Connection[Any]) -> dict[str, int]:
    """Return how many rows each table holds; tables whose rows are not kept count for none."""
    counts = {}
    for (name,) in connection.execute(TABLES).fetchall():
        query = sql.SQL("SELECT count(*) FROM public.{}").format(sql.Identifier(name))
        row = connection.execute(query).fetchone()
        counts[name] = 0 if name in FORGOTTEN or row is None else int(row[0])
    return counts


def has_tables() -> bool:
    """Tell whether the database holds anything."""
    with own_connection() as connection:
        return bool(connection.execute(TABLES).fetchone())


def applied_migrations(connection: psycopg.Connection[Any]) -> list[str]:
    """Return the migrations of the database, as `app.name`."""
    rows = connection.execute("SELECT app, name FROM django_migrations ORDER BY app, name").fetchall()
    return [f"{app}.{name}" for app, name in rows]


def dump(target: Path, snapshot_id: str) -> None:
    """Write the database as it was at the snapshot, in PostgreSQL's custom format."""
    command = [
        *(tool("pg_dump"), "--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot_id}"),
        *(f"--exclude-table-data=public.{name}" for name in FORGOTTEN),
        *("--file", str(target)),
    ]
    result = subprocess.run(command, env=environment(), capture_output=True, text=True, check=False)  # noqa: S603
    if result.returncode:
        raise BackupError(f"pg_dump a échoué : {_last_lines(result.stderr)}")


def load(source: Path) -> None:
    """Replace the whole database by a dump, in one transaction: all of it, or nothing.

    The transaction is committed only once `pg_restore` has said that it read the dump to its end.
    """
    script = [tool("pg_restore"), "--no-owner", "--no-privileges", "--no-comments", "--file=-", str(source)]
    client = [tool("psql"), "--no-psqlrc", "--quiet", "--output=/dev/null", "--set=ON_ERROR_STOP=1"]
    options = environment(PGOPTIONS=f"-c lock_timeout={LOCK_TIMEOUT} -c client_min_messages=warning")
    with TemporaryFile() as said, TemporaryFile() as told:
        with (
            subprocess.Popen(script, stdout=subprocess.PIPE, stderr=said) as reader,  # noqa: S603
            subprocess.Popen(client, stdin=subprocess.PIPE, stderr=told, env=options) as writer,  # noqa: S603
        ):
            # The client stops listening at the first error; its exit status says so.
            with suppress(BrokenPipeError):
                _replace(reader, writer)
            # Whatever was not committed is rolled back when the client goes.
            with suppress(BrokenPipeError):
                _pipe(writer.stdin).close()
            _pipe(reader.stdout).close()
        if writer.returncode or reader.returncode:
            raise BackupError(f"La base n’a pas été restaurée, et n’a pas changé : {_reason(told) or _reason(said)}")
    with own_connection() as connection:
        connection.execute("ANALYZE")


def _replace(reader: subprocess.Popen[bytes], writer: subprocess.Popen[bytes]) -> None:
    script, client = _pipe(reader.stdout), _pipe(writer.stdin)
    client.write(";\n".join(["BEGIN", *EMPTY, ""]).encode())
    shutil.copyfileobj(script, client)
    if reader.wait() == 0:
        client.write(b"\nCOMMIT;\n")
        client.flush()


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    if pipe is None:
        raise BackupError("Les programmes de PostgreSQL ne se parlent pas.")
    return pipe


def _reason(errors: IO[bytes]) -> str:
    errors.seek(0)
    text = _last_lines(errors.read().decode(errors="replace"))
    if "lock timeout" in text:
        return "un autre processus utilise la base. Arrêtez les processus web, worker et clock, puis recommencez."
    return text


def _last_lines(text: str) -> str:
    return " ".join(text.strip().splitlines()[-3:])
