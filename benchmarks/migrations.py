"""Migrating from zero: ours against Wagtail and its add-ons alone."""

import os
import subprocess
import sys
import time

from django.conf import settings
from psycopg import sql

from tests.harness import database

RATIO_AT_MOST = 4 / 3
RUNS = 3


def measure() -> bool:
    # In turns, and the best of each: whatever else the machine does weighs on both.
    times = [(one_run("benchmarks.bare_settings"), one_run("plateforme.settings.test")) for _ in range(RUNS)]
    bare, ours = (min(column) for column in zip(*times, strict=True))
    print(f"  bare {bare:6.1f} s\n  ours {ours:6.1f} s   × {ours / bare:.2f} (at most × {RATIO_AT_MOST:.2f})")
    return ours <= bare * RATIO_AT_MOST


def one_run(settings_module: str) -> float:
    """Return the seconds that migrating an empty database takes."""
    name = f"chantier_bench_{os.getpid()}"
    with database.server() as connection:
        database.create(connection, name)
        environment = {**os.environ, "DATABASE_URL": database.url(name), "DJANGO_SETTINGS_MODULE": settings_module}
        start = time.perf_counter()
        subprocess.run(
            [sys.executable, "manage.py", "migrate", "--verbosity", "0", "--skip-checks"],
            cwd=settings.BASE_DIR,
            env=environment,
            check=True,
        )
        elapsed = time.perf_counter() - start
        connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
    return elapsed
