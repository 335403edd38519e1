"""Content generation: what is cached under an older number is never shown again.

Every publication, unpublication, move, restriction, menu, vocabulary or settings change increments it in the
transaction of the change itself, so that a change and its number become visible together.
"""

import time
from typing import Any

from django.db import connection
from django.db.models import Model
from django.db.models.signals import post_delete, post_save

# A change may take this long, in seconds, to show in a process that has just looked.
MEMORY = 1.0
# The name of the generation of everything that is public.
CONTENU = "contenu"
NOW = "(extract(epoch FROM clock_timestamp()) * 1000000)::bigint"


class _Memory:
    """What this process last read, and when."""

    values: dict[str, int] = {}
    read_at: float = float("-inf")


def current(nom: str = CONTENU) -> int:
    """Return the generation of that name, 0 before its first change.

    All of them are read together from the database, at most once a second in each process.
    """
    from socle.models import GenerationContenu

    now = time.monotonic()
    if now - _Memory.read_at > MEMORY:
        _Memory.values, _Memory.read_at = dict(GenerationContenu.objects.values_list("nom", "valeur")), now
    return _Memory.values.get(nom, 0)


def forget() -> None:
    """Read again at the next call: after a change made by this process, and between tests."""
    _Memory.read_at = float("-inf")


def increment(*parts: str, **kwargs: Any) -> None:
    """Make everything cached so far stale, and all that knows these parts of the content. Usable as a signal receiver.

    The number is the time in microseconds: one that a rolled back transaction has used is never used again.
    """
    from socle.models import GenerationContenu

    table = GenerationContenu._meta.db_table
    with connection.cursor() as cursor:
        # The whole content first: two transactions never wait for each other.
        for nom in (CONTENU, *sorted(parts)):
            cursor.execute(
                f"UPDATE {table} SET valeur = greatest({NOW}, valeur + 1) WHERE nom = %s",  # noqa: S608 -- names of ours
                [nom],
            )
            if not cursor.rowcount:
                cursor.execute(
                    f"INSERT INTO {table} (nom, valeur) VALUES (%s, {NOW}) "  # noqa: S608 -- names of ours
                    f"ON CONFLICT (nom) DO UPDATE SET valeur = greatest(EXCLUDED.valeur, {table}.valeur + 1)",
                    [nom],
                )
    forget()


def watch(*models: type[Model]) -> None:
    """Increment the generation whenever an object of these models is saved or deleted; called from `ready()`."""
    for model in models:
        uid = f"socle.generation.{model._meta.label_lower}"
        post_save.connect(increment, sender=model, dispatch_uid=f"{uid}.saved")
        post_delete.connect(increment, sender=model, dispatch_uid=f"{uid}.deleted")
