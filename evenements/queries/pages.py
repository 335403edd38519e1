"""Questions about the pages of events."""

from socle.queries import PageQuerySet


class EvenementPageQuerySet(PageQuerySet):
    """Pages of events, in any language."""
