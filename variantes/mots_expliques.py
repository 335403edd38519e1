"""The words that the site explains in easy words, as the apps that keep them tell.

An app that explains words registers from its `AppConfig.ready()` a function that is given a locale and returns who
knows its words: something with `explique(mot)`, and `synonymes()` where it knows which words name one thing.
"""

from collections.abc import Callable, Sequence

from wagtail.models import Locale

from variantes.falc import MotsExpliques, Synonymes

Fournisseur = Callable[[Locale], MotsExpliques]

_FOURNISSEURS: list[Fournisseur] = []


def enregistrer(fournisseur: Fournisseur) -> None:
    """Add who knows words; registering twice changes nothing."""
    if fournisseur not in _FOURNISSEURS:
        _FOURNISSEURS.append(fournisseur)


def retirer(fournisseur: Fournisseur) -> None:
    """Forget who knew words."""
    _FOURNISSEURS.remove(fournisseur)


class _Tous:
    """All who know words, as one."""

    def __init__(self, connus: Sequence[MotsExpliques]) -> None:
        self.connus = connus

    def explique(self, mot: str) -> bool:
        return any(each.explique(mot) for each in self.connus)

    def synonymes(self) -> tuple[tuple[str, ...], ...]:
        return tuple(group for each in self.connus if isinstance(each, Synonymes) for group in each.synonymes())


def mots_expliques(locale: Locale) -> MotsExpliques:
    """Return who knows the words explained in a language."""
    return _Tous([fournisseur(locale) for fournisseur in _FOURNISSEURS])
