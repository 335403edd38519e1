"""Wiring of the home app into the admin."""

from wagtail.snippets.models import register_snippet

from home.viewsets import MessageContactViewSet

register_snippet(MessageContactViewSet)
