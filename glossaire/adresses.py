"""Addresses that others keep: those of the concepts, and of what the glossary is exported as."""

from django.urls import reverse

from socle.sites import absolue

__all__ = ["absolue", "uri_du_concept", "uri_du_schema"]


def uri_du_schema() -> str:
    """The address of the glossary itself, whatever the language."""
    return absolue(reverse("concepts"))


def uri_du_concept(identifiant: str) -> str:
    """The address of a concept, which is never given to another."""
    return absolue(reverse("concept", args=[identifiant]))
