"""The kinds of proposals that the public may send. Apps add theirs when they are ready."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise

if TYPE_CHECKING:
    from wagtail.models import Page

    from redaction.models import Proposition

# What people agreed to when they sent a proposal; a new wording of the form takes a new version.
CONSENTEMENT = "2026-11"
# Words of the addresses under /proposer/.
RESERVES = frozenset({"merci", "confirmer", "completer"})

Texte = str | Promise


@dataclass(frozen=True)
class Genre:
    """A kind of proposal: its form, and what accepting it makes.

    `formulaire` is a `redaction.forms.PropositionForm`. `creer_page` makes the draft of an accepted proposal for the
    person who accepts it; without it, someone does by hand what is proposed. `confirme` waits for the address to be
    confirmed before the team sees anything.
    """

    cle: str
    nom: Texte
    aide: Texte
    formulaire: type[Any]
    creer_page: "Callable[[Proposition, Any], Page] | None" = None
    confirme: bool = True
    # A drawing of the sprite.
    icone: str = "construire"


_genres: dict[str, Genre] = {}


def register(genre: Genre) -> None:
    """Add a kind, from an app's `ready()`. Raises `ValueError` when its key is taken."""
    if genre.cle in _genres or genre.cle in RESERVES:
        raise ValueError(f"The kind of proposal {genre.cle} exists already.")
    _genres[genre.cle] = genre


def genre(cle: str) -> Genre | None:
    """Return a kind; None when the app that knew it is gone."""
    return _genres.get(cle)


def genres() -> list[Genre]:
    """Return every kind, in the order of registration."""
    return list(_genres.values())
