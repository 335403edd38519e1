"""Which operations of a migration would break the version that still runs while it is applied (docs/decisions/0013)."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.contrib.postgres.operations import AddConstraintNotValid, AddIndexConcurrently
from django.db import connection
from django.db.migrations import Migration, operations
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from django.db.models import NOT_PROVIDED, Field

PROMISE = re.compile(r"#\s*migration: safe because\s+\S.{9,}")
CONCURRENT = (AddIndexConcurrently, AddConstraintNotValid)

# What the version that runs still reads, or writes without knowing better.
BREAKING = {
    operations.RemoveField: "the running version still reads the column",
    operations.RenameField: "the running version knows the column by its old name",
    operations.RenameModel: "the running version knows the table by its old name",
    operations.DeleteModel: "the running version still reads the table",
    operations.AlterModelTable: "the running version knows the table by its old name",
    operations.AlterUniqueTogether: "the whole table is locked while it is read",
    operations.RunSQL: "SQL is not read by this check",
    operations.RunPython: "a long run holds locks, and the running version sees its middle",
}


@dataclass(frozen=True)
class Danger:
    """An operation that needs a reason to be safe."""

    index: int
    operation: Operation
    why: str


def dangers(migration: Migration, before: ProjectState) -> Iterator[Danger]:
    """Find the operations of a migration that are not safe by themselves; `before` is the state it starts from."""
    state = before.clone()
    new: set[str] = set()
    for index, operation in enumerate(migration.operations):
        after = state.clone()
        operation.state_forwards(migration.app_label, after)
        if why := _why(operation, migration.app_label, state, after, new):
            yield Danger(index, operation, why)
        if isinstance(operation, operations.CreateModel):
            new.add(operation.name_lower)
        state = after


def _why(operation: Operation, app_label: str, state: ProjectState, after: ProjectState, new: set[str]) -> str:
    model = str(getattr(operation, "model_name", getattr(operation, "name", ""))).lower()
    if model in new:
        return ""
    if isinstance(operation, operations.AddField):
        return _added(operation.field)
    if isinstance(operation, operations.AlterField):
        key = (app_label, operation.model_name_lower)
        return _altered(
            state.apps.get_model(*key)._meta.get_field(operation.name),
            after.apps.get_model(*key)._meta.get_field(operation.name),
        )
    if isinstance(operation, CONCURRENT):
        return ""
    if isinstance(operation, operations.AddIndex | operations.AddConstraint):
        return "nobody writes to the table while it is built: add it concurrently, or not valid and then validated"
    return next((why for kind, why in BREAKING.items() if isinstance(operation, kind)), "")


def _added(field: Any) -> str:
    if field.many_to_many or field.null or field.db_default is not NOT_PROVIDED or field.generated:
        return ""
    return "the running version writes rows without it: give it null=True or a db_default"


def _altered(old: Any, new: Any) -> str:
    if old.null and not new.null:
        return "the running version still writes NULL there"
    if isinstance(old, Field) and old.db_type(connection) != new.db_type(connection) and not _is_wider(old, new):
        return "the column is rewritten while nobody may read it"
    if new.unique and not old.unique:
        return "the whole table is locked while it is read"
    return ""


def _is_wider(old: Any, new: Any) -> bool:
    """Tell whether a text only became longer, which PostgreSQL does without reading the table."""
    kinds = {old.get_internal_type(), new.get_internal_type()}
    longer = new.max_length is None or (old.max_length is not None and new.max_length >= old.max_length)
    return kinds <= {"CharField", "SlugField", "TextField"} and longer and old.get_internal_type() != "TextField"


def promised(path: Path) -> set[int]:
    """Return which operations of a migration file, by their rank, say above them why they are safe."""
    source = path.read_text(encoding="utf-8")
    lines = source.splitlines()
    listed = [
        node.value
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Assign | ast.AnnAssign)
        and "operations" in {target.id for target in _targets(node) if isinstance(target, ast.Name)}
        and isinstance(node.value, ast.List)
    ]
    return {index for node in listed for index, item in enumerate(node.elts) if _is_promised(lines, item.lineno - 1)}


def _targets(node: ast.Assign | ast.AnnAssign) -> list[ast.expr]:
    return node.targets if isinstance(node, ast.Assign) else [node.target]


def _is_promised(lines: list[str], number: int) -> bool:
    """Read the comment right above a line."""
    above = []
    while number > 0 and lines[number - 1].strip().startswith("#"):
        number -= 1
        above.append(lines[number].strip())
    return any(PROMISE.fullmatch(line) for line in above)
