"""Migrations are applied while the previous version still serves readers (docs/decisions/0013)."""

import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ModelState, ProjectState

from tests.harness.migrations import dangers, promised

ROOT: Path = settings.BASE_DIR
NAME = re.compile(r"\d{4}_(?!auto_)[a-z][a-z0-9_]{3,60}")


# A migration of wagtail-localize asks the database as soon as it is read.
pytestmark = pytest.mark.django_db


@cache
def loader() -> MigrationLoader:
    return MigrationLoader(None)


def ours() -> list[tuple[str, str]]:
    folders = {config.label: Path(config.path) for config in apps.get_app_configs()}
    return sorted(
        (label, path.stem)
        for label, folder in folders.items()
        if folder.parent == ROOT
        for path in folder.glob("migrations/[0-9]*.py")
    )


def path_of(key: tuple[str, str]) -> Path:
    return Path(apps.get_app_config(key[0]).path, "migrations", f"{key[1]}.py")


@pytest.mark.parametrize("key", ours(), ids=".".join)
class TestEachMigration:
    def test_it_has_a_name_that_says_what_it_does(self, key: tuple[str, str]) -> None:
        assert NAME.fullmatch(key[1])

    def test_it_can_be_undone(self, key: tuple[str, str]) -> None:
        migration = loader().disk_migrations[key]
        assert [operation for operation in migration.operations if not operation.reversible] == []

    def test_it_comes_after_one_of_its_app(self, key: tuple[str, str]) -> None:
        migration = loader().disk_migrations[key]
        before = [name for app, name in migration.dependencies if app == key[0]]
        assert len(before) == (0 if key[1].startswith("0001_") else 1)

    def test_it_leaves_the_running_version_alone_or_says_why_it_is_safe(self, key: tuple[str, str]) -> None:
        migration = loader().disk_migrations[key]
        if migration.initial:
            return
        before = loader().project_state(migration.dependencies)
        reasons = promised(path_of(key))
        assert [
            f"{type(danger.operation).__name__}: {danger.why}"
            for danger in dangers(migration, before)
            if danger.index not in reasons
        ] == []


def test_migrations_are_numbered_without_gap_or_branch() -> None:
    for app in {app for app, _ in ours()}:
        names = [name for label, name in ours() if label == app]
        assert [int(name[:4]) for name in names] == list(range(1, len(names) + 1))
        assert len(loader().graph.leaf_nodes(app)) == 1


def test_only_the_first_migrations_are_initial() -> None:
    initial = Counter(app for app, name in ours() if loader().disk_migrations[app, name].initial)
    assert {app: number for app, number in initial.items() if number > 2} == {}


# --- The rules themselves ---


def before() -> ProjectState:
    """Return a state with one model, as a version that runs knows it."""
    state = ProjectState()
    fields = [
        ("id", models.BigAutoField(primary_key=True)),
        ("nom", models.CharField(max_length=50)),
        ("note", models.CharField(max_length=50, null=True)),
        ("rang", models.IntegerField(default=0)),
    ]
    state.add_model(ModelState("fiches", "Chose", fields))
    return state


def found(*operations: Any) -> list[str]:
    migration = migrations.Migration("0002_essai", "fiches")
    migration.operations = list(operations)
    return [type(danger.operation).__name__ for danger in dangers(migration, before())]


INDEX = models.Index(fields=["nom"], name="chose_nom")


@pytest.mark.parametrize(
    "operation",
    [
        migrations.RemoveField("chose", "nom"),
        migrations.RenameField("chose", "nom", "titre"),
        migrations.RenameModel("Chose", "Objet"),
        migrations.DeleteModel("Chose"),
        migrations.AlterModelTable("chose", "objets"),
        migrations.AddField("chose", "neuf", models.CharField(max_length=5, default="")),
        migrations.AlterField("chose", "note", models.CharField(max_length=50, default="")),
        migrations.AlterField("chose", "rang", models.BigIntegerField()),
        migrations.AlterField("chose", "nom", models.CharField(max_length=20)),
        migrations.AlterField("chose", "nom", models.CharField(max_length=50, unique=True)),
        migrations.AddIndex("chose", INDEX),
        migrations.AddConstraint("chose", models.UniqueConstraint(fields=["nom"], name="chose_unique")),
        migrations.RunSQL("UPDATE fiches_chose SET rang = 1", migrations.RunSQL.noop),
        migrations.RunPython(migrations.RunPython.noop, migrations.RunPython.noop),
    ],
    ids=lambda operation: type(operation).__name__,
)
def test_a_dangerous_operation_is_found(operation: Any) -> None:
    assert found(operation) == [type(operation).__name__]


@pytest.mark.parametrize(
    "operation",
    [
        migrations.AddField("chose", "neuf", models.CharField(max_length=5, null=True)),
        migrations.AddField("chose", "neuf", models.CharField(max_length=5, db_default="")),
        migrations.AlterField("chose", "nom", models.CharField("le nom", max_length=50)),
        migrations.AlterField("chose", "nom", models.CharField(max_length=80)),
        migrations.AlterField("chose", "nom", models.TextField()),
        migrations.AlterField("chose", "nom", models.CharField(max_length=50, null=True)),
        migrations.AlterModelOptions("chose", {"ordering": ["nom"]}),
        AddIndexConcurrently("chose", INDEX),
        migrations.CreateModel("Autre", [("id", models.BigAutoField(primary_key=True))]),
    ],
    ids=lambda operation: type(operation).__name__,
)
def test_a_safe_operation_needs_no_reason(operation: Any) -> None:
    assert found(operation) == []


def test_a_table_that_nobody_knows_yet_may_be_changed() -> None:
    fields = [("id", models.BigAutoField(primary_key=True)), ("nom", models.CharField(max_length=5))]
    index = models.Index(fields=["nom"], name="autre_nom")
    assert found(migrations.CreateModel("Autre", fields), migrations.AddIndex("autre", index)) == []


def test_an_operation_without_return_is_found() -> None:
    assert not migrations.RunPython(migrations.RunPython.noop).reversible
    assert not migrations.RunSQL("SELECT 1").reversible


@pytest.mark.parametrize(
    ("comment", "accepted"),
    [
        ("# migration: safe because no released version has this table", True),
        ("# migration: safe because", False),
        ("# migration: safe because yes", False),
        ("# safe because no released version has this table", False),
        ("", False),
    ],
)
def test_only_a_reason_above_the_operation_counts(tmp_path: Path, comment: str, accepted: bool) -> None:
    path = tmp_path / "0002_essai.py"
    path.write_text(
        "class Migration:\n    operations: ClassVar = [\n        first(),\n"
        f"        {comment}\n        second(\n            1\n        ),\n    ]\n"
    )
    assert promised(path) == ({1} if accepted else set())
