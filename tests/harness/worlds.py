"""What most tests start from (home pages, indexes, roles), made once in each process and then written again as rows.

`remembered(key, make)` calls `make` the first time, and notes which rows of which tables it changed. When another test
asks for the same from the same state of the database, the rows are written in one go, with the identifiers they had:
sequences never go back, so nobody else has them. From any other state `make` runs as it always did. Each test still
begins with an empty site, in a transaction that is rolled back.
"""

import json
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db import connection

from redaction.circuits import circuits
from redaction.permissions import matrice
from tests.harness import caches

# All that what is remembered depends on: pages, where they are served, languages, groups, rights and workflows.
STATE = (
    *("wagtailcore_page", "wagtailcore_site", "wagtailcore_locale", "wagtailcore_collection"),
    *(
        "auth_group",
        "auth_group_permissions",
        "wagtailcore_grouppagepermission",
        "wagtailcore_groupcollectionpermission",
    ),
    *("wagtailcore_workflow", "wagtailcore_workflowtask", "wagtailcore_workflowpage", "wagtailcore_task"),
    *("redaction_validation_groups", "wagtailcore_groupapprovaltask_groups"),
)
# The groups that a new Wagtail makes stay when someone is in them.
MEMBERS = """
    SELECT 'members' AS name, string_agg(m.group_id::text, ',' ORDER BY m.group_id) AS rows
    FROM socle_utilisateur_groups m JOIN auth_group g ON g.id = m.group_id WHERE g.name IN ('Editors', 'Moderators')
"""
GENERATIONS = "socle_generationcontenu"
NOW = "(extract(epoch FROM clock_timestamp()) * 1000000)::bigint"

State = tuple[Hashable, ...]
Rows = dict[str, dict[tuple[Any, ...], str]]


@dataclass
class Memory:
    """What this process knows about its own test database."""

    database: str = ""
    # The states that can be met again, identifiers included: the empty site, and what follows from it.
    known: set[State] = field(default_factory=set)
    scripts: dict[tuple[Hashable, State], str] = field(default_factory=dict)
    keys: dict[str, list[str]] = field(default_factory=dict)


_memory = Memory()


def begin(database: str) -> None:
    """Remember from now on what is made in this database, which is as empty as every test finds it."""
    _memory.database = database
    _memory.scripts.clear()
    _memory.keys = _primary_keys()
    _memory.known = {_state()}


def remembered(key: Hashable, make: Callable[[], object]) -> None:
    """Make sure that what `make` makes is there: `key` says what that is, whatever the state of the database."""
    if connection.settings_dict["NAME"] != _memory.database or not connection.in_atomic_block:
        make()
        return
    state = _state()
    if state not in _memory.known:
        make()
        return
    if (key, state) in _memory.scripts:
        with connection.cursor() as cursor:
            cursor.execute(_memory.scripts[key, state])
        caches.forget()
        return
    before = _rows()
    make()
    _memory.scripts[key, state] = _script(before, _rows())
    _memory.known.add(_state())


def _state() -> State:
    """Return what tells two states of the database apart, and of the code that a test may have patched."""
    parts = [
        f"SELECT '{table}' AS name, string_agg(t::text, '\n' ORDER BY t::text) AS rows FROM {table} t"
        for table in STATE
    ]
    union = " UNION ALL ".join([*parts, MEMBERS])
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT md5(string_agg(concat(name, rows), '')) FROM ({union}) s")
        digest = cursor.fetchone()[0]
    rights = (
        (kind, tuple(sorted((role.nom, tuple(sorted(actions))) for role, actions in row.items())))
        for part in (matrice.pages, matrice.collections, matrice.modeles)
        for kind, row in part.items()
    )
    return digest, circuits(), tuple(rights), tuple(settings.LANGUAGES)


def _primary_keys() -> dict[str, list[str]]:
    """Return the columns of the primary key of each table."""
    with connection.cursor() as cursor:
        cursor.execute("""
            SELECT c.relname, array_agg(a.attname::text ORDER BY a.attnum)
            FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid AND c.relnamespace = 'public'::regnamespace
            JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = ANY (i.indkey)
            WHERE i.indisprimary AND c.relname != 'django_migrations' GROUP BY c.relname
        """)
        return dict(cursor.fetchall())


def _rows() -> Rows:
    """Return every row of every table, as JSON, under its primary key."""
    parts = [
        f"SELECT '{table}', json_build_array({', '.join(key)})::text, row_to_json(t)::text FROM {table} t"
        for table, key in _memory.keys.items()
    ]
    found: Rows = {table: {} for table in _memory.keys}
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts))
        for table, key, row in cursor.fetchall():
            found[table][tuple(json.loads(key))] = row
    return found


def _script(before: Rows, after: Rows) -> str:
    """Return the SQL that leads from the rows `before` to those `after`."""
    deletes, writes = [], []
    for table, key in _memory.keys.items():
        old, new = before[table], after[table]
        if table == GENERATIONS:
            changed = [str(name) for (name, *_rest), row in new.items() if old.get((name, *_rest)) != row]
            writes += [
                f"INSERT INTO {table} (nom, valeur) VALUES ({_literal(name)}, {NOW}) "
                f"ON CONFLICT (nom) DO UPDATE SET valeur = greatest(EXCLUDED.valeur, {table}.valeur + 1)"
                for name in changed
            ]
            continue
        if gone := [row for pk, row in old.items() if pk not in new]:
            deletes.append(f"DELETE FROM {table} t USING {_set(table, gone)} WHERE {_same(key)}")
        if updated := [row for pk, row in new.items() if pk in old and old[pk] != row]:
            columns = [name for name in json.loads(updated[0]) if name not in key]
            values = ", ".join(f'"{name}" = r."{name}"' for name in columns)
            writes.append(f"UPDATE {table} t SET {values} FROM {_set(table, updated)} WHERE {_same(key)}")
        if added := [row for pk, row in new.items() if pk not in old]:
            writes.append(f"INSERT INTO {table} SELECT * FROM {_set(table, added)}")
    return "; ".join([*deletes, *writes])


def _set(table: str, rows: list[str]) -> str:
    array = f"[{', '.join(rows)}]"
    return f"json_populate_recordset(NULL::{table}, {_literal(array)}) r"


def _same(key: list[str]) -> str:
    return " AND ".join(f't."{name}" = r."{name}"' for name in key)


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
