"""What else is done for a translation than its phrases, as the apps that keep it tell.

An app registers from its `AppConfig.ready()` a function that is given the page and the person, and returns what its
link says and where it leads, or nothing. The bar of the editor of translations shows them.
"""

from collections.abc import Callable
from typing import Any

from wagtail.models import Page

Lien = tuple[str, str]
Fournisseur = Callable[[Page, Any], Lien | None]

_FOURNISSEURS: list[Fournisseur] = []


def enregistrer(fournisseur: Fournisseur) -> None:
    """Add a link; registering twice changes nothing."""
    if fournisseur not in _FOURNISSEURS:
        _FOURNISSEURS.append(fournisseur)


def liens_de(page: Page, user: Any) -> list[Lien]:
    """Return the links for a person, in the order in which the apps are ready."""
    return [lien for fournisseur in _FOURNISSEURS if (lien := fournisseur(page, user))]
