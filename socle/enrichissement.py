"""What apps above add to the texts of a page while it is written: the words that the glossary explains.

An app registers from its `ready()` what makes, for a page, an object that writes its texts; it is asked for each rich
text and each plain cell of a table, in the order of the page.
"""

from collections.abc import Callable, Iterable
from contextvars import ContextVar
from typing import Any, Protocol

from django.core.signals import request_finished, request_started
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe


class Enrichisseur(Protocol):
    """Writes the texts of one page, during one answer."""

    def riche(self, html: str) -> SafeString:
        """Return a rich text, as HTML that is safe already."""

    def texte(self, texte: str) -> SafeString:
        """Return a plain text, escaped."""

    def ajouts(self) -> Iterable[Any]:
        """Return what was added so far, in the order of the page, for the template to show at its end."""


_fabrique: list[Callable[[Any], Enrichisseur | None]] = []
_courant: ContextVar[Enrichisseur | None] = ContextVar("enrichissement", default=None)


def enregistrer(fabrique: Callable[[Any], Enrichisseur | None]) -> None:
    """Set what makes the writer of a page, or nothing for a page whose texts stay as they are."""
    _fabrique[:] = [fabrique]


def ouvrir(page: Any) -> None:
    """Begin to write the texts of `page`, until the end of the request."""
    _courant.set(_fabrique[0](page) if _fabrique else None)


def fermer(**kwargs: Any) -> None:
    """End with the page."""
    _courant.set(None)


def riche(html: str) -> SafeString:
    """Write a rich text of the page, given as safe HTML."""
    courant = _courant.get()
    return courant.riche(html) if courant else mark_safe(html)  # noqa: S308 -- as Wagtail expands it


def texte(texte: str) -> SafeString:
    """Write a plain text of the page."""
    courant = _courant.get()
    return courant.texte(texte) if courant else escape(texte)


def ajouts() -> list[Any]:
    """Return what was added to the texts written so far."""
    courant = _courant.get()
    return list(courant.ajouts()) if courant else []


request_started.connect(fermer, dispatch_uid="socle.enrichissement.started")
request_finished.connect(fermer, dispatch_uid="socle.enrichissement.finished")
