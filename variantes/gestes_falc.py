"""What can be done about a word that the checker finds hard, as the apps that keep words tell.

An app registers from its `AppConfig.ready()` a function that is given the person and all the words of the findings, and
returns for some of them what a link says and where it leads. The panel of the checker shows it beside the finding.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Geste:
    libelle: str
    adresse: str


Fournisseur = Callable[[Any, frozenset[str]], Mapping[str, Geste]]

_FOURNISSEURS: list[Fournisseur] = []


def enregistrer(fournisseur: Fournisseur) -> None:
    """Add who does something about words; registering twice changes nothing."""
    if fournisseur not in _FOURNISSEURS:
        _FOURNISSEURS.append(fournisseur)


def gestes_pour(user: Any, mots: Iterable[str]) -> dict[str, Geste]:
    """Return what a person may do about each word; nothing for those about which nobody does anything."""
    wanted = frozenset(mots)
    found: dict[str, Geste] = {}
    for fournisseur in _FOURNISSEURS if wanted else ():
        found = {**fournisseur(user, wanted), **found}
    return found
