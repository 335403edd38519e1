"""A new term whose form is filled with what is known of it: the acronym that a report met, the word of a text."""

from contextvars import ContextVar
from typing import Any

from django.http import HttpRequest

from glossaire.models import TermePage

# What the address may say of a term, and how long it may be.
CHAMPS = {"titre": ("title", 255), "sigle": ("sigle", 20), "definition": ("definition", 300)}
_demande: ContextVar[dict[str, str] | None] = ContextVar("glossaire.ajout", default=None)


def noter_la_demande(request: HttpRequest, page_class: type[Any]) -> None:
    """Remember what the address says, until Wagtail has made the empty page."""
    asked = request.GET if request.method == "GET" and page_class is TermePage else {}
    found = {field: " ".join(asked[name].split())[:size] for name, (field, size) in CHAMPS.items() if name in asked}
    _demande.set({field: value for field, value in found.items() if value and "\x00" not in value})


def remplir(page: Any, **kwargs: Any) -> None:
    """Fill a new term."""
    asked = _demande.get()
    _demande.set(None)
    if asked and isinstance(page, TermePage):
        for field, value in asked.items():
            setattr(page, field, value)
