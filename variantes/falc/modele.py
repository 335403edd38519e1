"""What is checked and what is found: lines of a page, findings, rules."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, runtime_checkable

Etendue = tuple[int, int]


class Niveau(StrEnum):
    """How much a finding weighs; only errors keep a page from being called finished."""

    ERREUR = "erreur"
    ATTENTION = "attention"
    INFO = "info"


class Genre(StrEnum):
    """What a line is on the page."""

    TEXTE = "texte"
    TITRE = "titre"
    LISTE = "liste"
    LIEN = "lien"
    MOT = "mot"
    IMAGE_ALT = "image_alt"
    # A drawing beside a line: it illustrates, and its alternative text may be empty.
    PICTOGRAMME = "pictogramme"


@dataclass(frozen=True, slots=True)
class Ligne:
    """One line as it is displayed; `cle` says where it is kept, and comes back with each finding.

    Places inside `texte` where words are links, or set in italics, underlined or struck through, are pairs of
    indexes. `rang` is the rank of a heading: 2 for h2.
    """

    texte: str
    genre: Genre = Genre.TEXTE
    cle: str = ""
    liens: tuple[Etendue, ...] = ()
    mises_en_forme: tuple[Etendue, ...] = ()
    rang: int = 0


@dataclass(frozen=True, slots=True)
class Regle:
    """A rule: `numero` is its row in docs/falc.md, `pourquoi` what an editor reads, `source` where it comes from."""

    nom: str
    numero: int
    titre: str
    niveau: Niveau
    pourquoi: str
    exemple: str
    source: str


@dataclass(frozen=True, slots=True)
class Constat:
    """One finding: where (`ligne` counts from 1, 0 is the whole page), why, and how it could be written."""

    regle: str
    niveau: Niveau
    ligne: int
    cle: str
    debut: int
    fin: int
    extrait: str
    raison: str
    exemple: str
    titre: str


@runtime_checkable
class MotsExpliques(Protocol):
    """Who knows the words that the site explains in easy words."""

    def explique(self, mot: str) -> bool:
        """Tell whether this word, or these words, are explained."""
        ...


@runtime_checkable
class Synonymes(Protocol):
    """Who knows, besides, that two words name one thing."""

    def synonymes(self) -> tuple[tuple[str, ...], ...]:
        """Return groups of words that name the same thing, the preferred one first."""
        ...


class _Aucun:
    def explique(self, mot: str) -> bool:
        return False


AUCUN: MotsExpliques = _Aucun()
