"""What apps above want to know of each page that is read, fetched in the query that finds the page."""

from typing import Any

from django.db.models import QuerySet
from django.db.models.expressions import BaseExpression

_expressions: dict[str, BaseExpression] = {}


def register(**expressions: BaseExpression) -> None:
    """Add attributes to the pages that are served, from an app's `ready()`; outer references are to the page."""
    _expressions.update(expressions)


def complete(pages: QuerySet[Any]) -> QuerySet[Any]:
    """Bring along with the pages all that was registered."""
    return pages.annotate(**_expressions)
