"""A real server for browser tests: production settings, hashed static files, a seeded database, gunicorn.

Built once and kept in `.local/e2e/`: the seeded database carries a fingerprint of the project's files, the static files
one of theirs. The parallel processes of one run share one server, which the main process stops.
"""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path

import psycopg
from django.conf import settings
from django.test import override_settings
from psycopg import sql

from tests.harness import database, pages

FOLDER: Path = settings.LOCAL_DIR / "e2e"
MEDIA: Path = FOLDER / "media"
RUN = "PLATEFORME_TEST_RUN"
PASSWORD = "demo-partenariat"


@dataclass(frozen=True)
class Server:
    """Where the running server answers, and what it serves."""

    url: str
    database: str
    pid: int


def environment(database_name: str) -> dict[str, str]:
    """Return the environment of a production-like process on the seeded database."""
    return {
        **{name: value for name, value in os.environ.items() if name != "DJANGO_ALLOW_ASYNC_UNSAFE"},
        "ALLOWED_HOSTS": "localhost,127.0.0.1",
        "DATABASE_URL": database.url(database_name),
        "DEMO_PASSWORD": PASSWORD,
        "DJANGO_SETTINGS_MODULE": "plateforme.settings.e2e",
        "HTTPS": "0",
        "PYTHONPATH": os.pathsep.join([str(settings.BASE_DIR), str(settings.BASE_DIR / "site")]),
        "SECRET_KEY": "browser-tests-only-0123456789-abcdefghijklmnopqrstuvwxyz-0123456789",
        "WAGTAILADMIN_BASE_URL": "http://localhost",
    }


def manage(*arguments: str, database_name: str) -> None:
    """Run a management command as the server would; show its output only when it fails."""
    result = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=settings.BASE_DIR,
        env=environment(database_name),
        capture_output=True,
        text=True,
        check=False,
    )
    if result.returncode:
        raise RuntimeError(f"manage.py {' '.join(arguments)} failed:\n{result.stdout}\n{result.stderr}")


def ensure_demo_database(connection: psycopg.Connection) -> str:
    """Return the name of the seeded database, seeding only when the project's files have changed."""
    model = database.ensure_model(connection)
    name = f"e2e_{database.fingerprint([*database.migration_files(), *database.project_files(), Path(pages.__file__)])}"
    if database.exists(connection, name) and MEDIA.exists():
        return name
    database.drop_unused(connection, "e2e_")
    shutil.rmtree(MEDIA, ignore_errors=True)
    building = f"chantier_{os.getpid()}"
    database.create(connection, building, model)
    manage("seed_demo", database_name=building)
    pages.complete(building)
    connection.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(building), sql.Identifier(name)))
    return name


def ensure_static_files(database_name: str) -> None:
    """Collect the static files when one of ours, or the locked dependencies, have changed."""
    root: Path = settings.BASE_DIR
    sources = [path for path in (root / "static").rglob("*") if path.is_file()]
    sources += [root / "requirements.txt", root / "site" / "plateforme" / "static_storage.py"]
    stamp, digest = FOLDER / "static.fingerprint", database.fingerprint(sources)
    if stamp.exists() and stamp.read_text() == digest:
        return
    manage("collectstatic", "--noinput", "--clear", "--verbosity", "0", database_name=database_name)
    stamp.write_text(digest)


@contextmanager
def demo_database() -> Iterator[str]:
    """Point Django at a copy of the seeded database and at its files, for tests that visit it without a browser."""
    name = f"test_demo_{os.getpid()}"
    with override_settings(MEDIA_ROOT=MEDIA), database.private_copy(ensure_demo_database, name):
        yield name


def shared_server() -> Server:
    """Return the server of this test run, starting it if this process is the first to ask."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    state = state_file()
    with database.server() as connection:
        if state.exists():
            return Server(**json.loads(state.read_text()))
        stop_abandoned_servers()
        # A copy for this run: what visitors send, and how often, must not be remembered by the next.
        name = f"test_site_{os.environ[RUN]}"
        database.create(connection, name, ensure_demo_database(connection))
        ensure_static_files(name)
        server = start(name)
        state.write_text(json.dumps(asdict(server)))
    return server


def state_file() -> Path:
    return FOLDER / f"server-{os.environ[RUN]}.json"


def stop_abandoned_servers() -> None:
    """Stop the servers of runs that were killed before they could."""
    for state in FOLDER.glob("server-*.json"):
        run, pid = int(state.stem.partition("-")[2]), json.loads(state.read_text())["pid"]
        if run == int(os.environ[RUN]) or "pytest" in command_of(run) or "benchmarks" in command_of(run):
            continue
        if "gunicorn" in command_of(pid):
            stop(pid)
        state.unlink()


def command_of(pid: int) -> str:
    """Return the command line of a process, empty when it has ended (or where there is no /proc to tell)."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_text()
    except OSError:
        return ""


def start(database_name: str) -> Server:
    """Start the site and wait until it reports that it is healthy."""
    arguments = ["--chdir", "site", "plateforme.wsgi", "--workers", "2", "--threads", "2", "--timeout", "60"]
    url, pid = serve(arguments, environment(database_name), "/healthz")
    return Server(url, database_name, pid)


def serve(arguments: list[str], environ: dict[str, str], probed: str) -> tuple[str, int]:
    """Start gunicorn on a free port and wait until the address `probed` answers 200; return its URL and process id."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    url, log = f"http://localhost:{port}", FOLDER / "server.log"
    command = [sys.executable, "-m", "gunicorn", *arguments, "--bind", f"127.0.0.1:{port}"]
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            cwd=settings.BASE_DIR,
            env=environ,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        with suppress(urllib.error.URLError, OSError), urllib.request.urlopen(f"{url}{probed}", timeout=5) as answer:
            if answer.status == 200:
                return url, process.pid
        time.sleep(0.2)
    stop(process.pid)
    raise RuntimeError(f"The server did not start:\n{log.read_text()[-4000:]}")


def stop(pid: int) -> None:
    with suppress(ProcessLookupError):
        os.killpg(pid, signal.SIGTERM)


def stop_shared_server() -> None:
    """Stop the server of this run, if any test asked for one. Called once, by the main process."""
    state = state_file()
    if state.exists():
        stop(json.loads(state.read_text())["pid"])
        state.unlink()
