"""What answers a question before any page does: a card, as apps above tell the search."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from socle.queries import Reader
from socle.search.fournisseurs import demander


@dataclass(frozen=True)
class Carte:
    """An answer that stands above the others, and is none of them: its template, and what it is written of."""

    gabarit: str
    donnees: Any


Provider = Callable[[str, str, Reader], Carte | None]
_providers: list[Provider] = []


def register_card(provider: Provider) -> Provider:
    """Add what may answer a question at once, from an app's `ready()`.

    `provider(q, language, user)` is asked at each search. It gives nothing that `user` may not read.
    """
    if provider not in _providers:
        _providers.append(provider)
    return provider


def carte(q: str, language_code: str, user: Reader) -> Carte | None:
    """Return the card that answers `q`, if any."""
    cards = (demander(provider, None, q, language_code, user) for provider in _providers)
    return next(filter(None, cards), None)
