"""Words found, marked in an excerpt. The text is escaped before any mark is written."""

import re

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

# Private characters: no text that anyone writes has them, and they survive escaping.
DEBUT, FIN = "\ue000", "\ue001"
_MARQUE = re.compile(f"{DEBUT}([^{DEBUT}{FIN}]*){FIN}")
_RESTE = re.compile(f"[{DEBUT}{FIN}]")


def sans_marques(texte: str) -> str:
    """Return `texte` without the private characters."""
    return _RESTE.sub("", texte)


def surligner(extrait: str) -> SafeString:
    """Return the excerpt as HTML, its marked words in `<mark>`."""
    html = _MARQUE.sub(r"<mark>\1</mark>", escape(" ".join(extrait.split())))
    return mark_safe(_RESTE.sub("", html))  # noqa: S308 -- escaped above
