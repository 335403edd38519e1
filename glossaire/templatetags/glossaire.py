"""How the glossary writes its words."""

import re

from django import template

register = template.Library()
_FIN = re.compile(r"\n|(?<=[.!?…])\s+(?=\S)")


@register.filter
def phrases(texte: str) -> list[str]:
    """The sentences of a short text: in easy-to-read French, each has a line of its own."""
    return [phrase.strip() for phrase in _FIN.split(texte) if phrase.strip()]
