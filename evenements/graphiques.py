"""Bars drawn as SVG from the lines of a table, which stays beside them for whoever does not see them."""

from collections.abc import Iterable
from dataclasses import dataclass

from evenements.queries.chiffres import Ligne

LARGEUR = 640
ETIQUETTE = 250
RANGEE = 34
BARRE = 20
# Room at the end of a bar for its number.
MARGE = 60


@dataclass(frozen=True)
class Barre:
    titre: str
    texte: str
    y: int
    milieu: int
    longueur: int
    fin: int


@dataclass(frozen=True)
class Graphique:
    """Horizontal bars; lengths are in units of the drawing, `LARGEUR` wide."""

    barres: tuple[Barre, ...]
    hauteur: int
    largeur: int = LARGEUR
    etiquette: int = ETIQUETTE
    depart: int = ETIQUETTE + 10
    epaisseur: int = BARRE


def barres(lignes: Iterable[Ligne]) -> Graphique:
    """Return the bars of the year of each line; what must stay unsaid has no length."""
    shown = list(lignes)
    longest = max((line.annee or 0 for line in shown), default=0) or 1
    room = LARGEUR - ETIQUETTE - MARGE - 10
    found = []
    for rank, line in enumerate(shown):
        length = round(room * (line.annee or 0) / longest)
        y = rank * RANGEE + (RANGEE - BARRE) // 2
        texte = "non dit" if line.annee is None else f"{line.annee}"
        end = ETIQUETTE + 10 + length + 8
        found.append(Barre(line.titre, texte, y, rank * RANGEE + RANGEE // 2, length, end))
    return Graphique(tuple(found), max(len(shown), 1) * RANGEE)
