"""What a reader asks of the agenda: pages, feeds and map take the same question."""

import datetime
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Self

# Facets, by their name in addresses. Within one, any value matches, except for what makes a date accessible: somebody
# who needs two things needs both.
FACETTES = ("genre", "themes", "publics", "departement", "en_ligne", "acces")
TOUTES_LES_VALEURS = frozenset({"acces"})
# Facets fed by a vocabulary: name in addresses → relation of the pages.
VOCABULAIRES = {"themes": "thematiques", "publics": "publics"}
# Modes of the dates that one may attend from home.
A_DISTANCE = ("en_ligne", "mixte")


class Vue(StrEnum):
    """How the agenda shows itself."""

    LISTE = "liste"
    MOIS = "mois"
    CARTE = "carte"


class Periode(StrEnum):
    """A date is to come, today included, or past; never both."""

    A_VENIR = "a-venir"
    PASSES = "passes"


@dataclass(frozen=True)
class FiltresAgenda:
    """What could be understood of a request; its defaults are those of the agenda without a question."""

    langue: str
    genre: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    publics: tuple[str, ...] = ()
    departement: tuple[str, ...] = ()
    en_ligne: bool = False
    acces: tuple[str, ...] = ()
    lieu: int | None = None
    texte: str = ""
    periode: Periode = Periode.A_VENIR
    du: datetime.date | None = None
    au: datetime.date | None = None
    # The first day of the month asked for.
    mois: datetime.date | None = None
    vue: Vue = Vue.LISTE
    page: int = 1

    @property
    def valeurs(self) -> dict[str, tuple[str, ...]]:
        """The values chosen in each facet."""
        chosen = {name: getattr(self, name) for name in FACETTES if name != "en_ligne"}
        return {**chosen, "en_ligne": ("1",) if self.en_ligne else ()}

    @property
    def actifs(self) -> bool:
        """Whether something is left out of the agenda, the period and the way to show it aside."""
        return bool(self.texte or self.lieu or self.du or self.au or any(self.valeurs.values()))

    def avec(self, **changes: Any) -> Self:
        return replace(self, **changes)
