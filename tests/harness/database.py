"""Test databases: migrated once per set of migrations, then copied for every process.

The name of the model database carries a fingerprint of every migration file, so a copy is never out of date, and a
second run starts in a fraction of a second. Advisory locks make parallel processes wait for whoever builds first.
"""

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import psycopg
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from psycopg import sql

LOCK = 0x7061_7274


def fingerprint(paths: Iterable[Path]) -> str:
    """Return a short digest of the names and contents of files."""
    digest = hashlib.blake2b(digest_size=6)
    for path in sorted(set(paths)):
        digest.update(f"{path.name}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def migration_files() -> list[Path]:
    """Return the migrations of every installed app."""
    return [path for app in apps.get_app_configs() for path in Path(app.path, "migrations").glob("*.py")]


def project_files() -> list[Path]:
    """Return all that decides what the seeded site contains: code, templates, demo content, catalogues."""
    root: Path = settings.BASE_DIR
    ours = [Path(app.path) for app in apps.get_app_configs() if Path(app.path).parent == root]
    found = [path for folder in [*ours, root / "site"] for path in folder.rglob("*") if path.is_file()]
    return [path for path in found if "__pycache__" not in path.parts]


def parameters(name: str) -> dict[str, Any]:
    """Return psycopg's connection parameters for the database `name` of the test server."""
    return {**connections["default"].get_connection_params(), "dbname": name} | {
        "context": None,
        "cursor_factory": None,
    }


def url(name: str) -> str:
    """Return the `DATABASE_URL` of the database `name` of the test server."""
    configured = connections["default"].settings_dict
    options = configured.get("OPTIONS", {})
    host, port = configured["HOST"] or options.get("host", ""), configured["PORT"] or options.get("port", "")
    query = urlencode({key: value for key, value in (("host", host), ("port", port)) if value})
    return f"postgresql://{quote(configured['USER'])}:{quote(configured['PASSWORD'])}@/{name}?{query}"


@contextmanager
def server() -> Iterator[psycopg.Connection]:
    """Open the maintenance database, alone: other processes of the tests wait their turn."""
    with psycopg.connect(**clean(parameters("postgres")), autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        yield connection


def clean(values: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value is not None}


def exists(connection: psycopg.Connection, name: str) -> bool:
    """Tell whether the database is there."""
    return bool(connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone())


def create(connection: psycopg.Connection, name: str, model: str | None = None) -> None:
    """Create a database, empty or as a copy of `model`, in the place of one of the same name."""
    connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
    connection.execute(
        sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(model or "template0"))
    )


def drop_unused(connection: psycopg.Connection, prefix: str, keep: str = "") -> None:
    """Drop the databases that an interrupted run or an older set of migrations left; one in use stays."""
    rows = connection.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [prefix]).fetchall()
    for (name,) in rows:
        if name != keep:
            with suppress(psycopg.errors.ObjectInUse):
                connection.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))


@contextmanager
def connected_to(name: str) -> Iterator[None]:
    """Point Django at another database of the same server."""
    connection = connections["default"]
    previous = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = settings.DATABASES["default"]["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = settings.DATABASES["default"]["NAME"] = previous


def ensure_model(connection: psycopg.Connection, *, rebuild: bool = False) -> str:
    """Return the name of the migrated model database, migrating only when migrations have changed."""
    name = f"modele_{fingerprint(migration_files())}"
    if exists(connection, name) and not rebuild:
        return name
    drop_unused(connection, "modele_")
    building = f"chantier_{os.getpid()}"
    create(connection, building)
    with connected_to(building):
        call_command("migrate", verbosity=0, interactive=False)
    connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
    connection.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(building), sql.Identifier(name)))
    return name


@contextmanager
def private_copy(ensure_source: Callable[[psycopg.Connection], str], name: str) -> Iterator[str]:
    """Point Django at a fresh copy of a database, named for this process alone, and take it away at the end."""
    with server() as connection:
        source = ensure_source(connection)
        drop_unused(connection, "test_")
        drop_unused(connection, "chantier_")
        create(connection, name, source)
        # Held open so that no other run takes this copy for an abandoned one.
        lease = psycopg.connect(**clean(parameters(name)), autocommit=True)
    try:
        with connected_to(name):
            yield name
    finally:
        lease.close()
        with server() as connection:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
