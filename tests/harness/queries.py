"""Query budgets: a page costs the same for one object and for ten."""

from collections import Counter
from collections.abc import Callable
from typing import Any
from unittest.mock import patch

from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext

from socle import generation, memo, page_cache


def queries_of(get: Callable[[], Any]) -> list[str]:
    """Return the SQL of one call in a process that remembers nothing: the dearest that a reader can meet.

    Only what no change of content touches (content types, compiled templates) is warm.
    """
    with patch.object(generation, "MEMORY", 3600):
        get()
        for cache in caches.all(initialized_only=True):
            cache.clear()
        page_cache.store.clear()
        memo.forget()
        with CaptureQueriesContext(connection) as captured:
            get()
    return [query["sql"] for query in captured.captured_queries]


def assert_same_cost(
    make: Callable[[int], Any], get: Callable[[], Any], few: int = 1, many: int = 10, *, limit: int = 15
) -> None:
    """Call `get` after `make(few)` and again once there are `many`: same number of queries, at most `limit`.

    `make(n)` makes n more objects.
    """
    make(few)
    cheap = queries_of(get)
    make(many - few)
    dear = queries_of(get)
    listing = "\n  ".join(sql[:300] for sql in dear)
    if len(dear) != len(cheap):
        extra = Counter(_shape(sql) for sql in dear) - Counter(_shape(sql) for sql in cheap)
        repeated = "\n  ".join(f"{count} × {sql}" for sql, count in extra.most_common())
        raise AssertionError(f"{few} object(s): {len(cheap)} queries; {many}: {len(dear)}. More of:\n  {repeated}")
    assert len(dear) <= limit, f"{len(dear)} queries, at most {limit} are allowed:\n  {listing}"


def _shape(sql: str) -> str:
    """Leave the values out, so that the same question about two objects counts twice."""
    return sql.partition(" WHERE ")[0][:200]
