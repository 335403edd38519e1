"""Public views of the agenda; importing them registers the contexts of its pages."""

from evenements.views import agenda, page  # noqa: F401 -- register the contexts of pages
