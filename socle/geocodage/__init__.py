"""Where an address is: asked of a provider that the settings choose.

The browser asks us, and we ask the provider: no editor's machine calls another host.
"""

import hashlib
from dataclasses import dataclass
from typing import Protocol

from django.conf import settings
from django.core.cache import cache
from django.utils.module_loading import import_string

LONGUEUR_MIN, LONGUEUR_MAX = 3, 200
RESULTATS_MAX = 5
# Addresses seldom move.
GARDE = 24 * 3600


class GeocodageIndisponibleError(Exception):
    """The provider did not answer, or not as it should."""


@dataclass(frozen=True)
class Resultat:
    """A place that the provider proposes; what it does not know is empty."""

    libelle: str
    latitude: float
    longitude: float
    adresse: str = ""
    code_postal: str = ""
    commune: str = ""
    code_insee: str = ""
    departement: str = ""


class Fournisseur(Protocol):
    """Whoever knows addresses."""

    def chercher(self, texte: str) -> list[Resultat]:
        """Return the places that `texte` may mean, best first; raise `GeocodageIndisponibleError`."""


def fournisseur() -> Fournisseur:
    """Return the provider of the settings."""
    found: Fournisseur = import_string(settings.GEOCODAGE)()
    return found


def chercher(texte: str) -> list[Resultat]:
    """Return the places that `texte` may mean, remembered for a day."""
    texte = " ".join(texte.split())
    asked = f"{settings.GEOCODAGE} {texte.casefold()}"
    key = f"geocodage:{hashlib.sha256(asked.encode()).hexdigest()}"
    kept: list[Resultat] | None = cache.get(key)
    if kept is None:
        kept = fournisseur().chercher(texte)[:RESULTATS_MAX]
        cache.set(key, kept, GARDE)
    return kept
