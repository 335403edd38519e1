"""Checks easy-to-read French (FALC), line by line, without Django.

    from variantes.falc import Controle, Ligne

    for constat in Controle().verifier([Ligne("Le dossier doit être rempli par l’usager.")]):
        print(constat.ligne, constat.niveau, constat.titre, constat.raison, constat.exemple)

docs/falc.md lists the rules, their sources and what they miss.
"""

from variantes.falc.controle import Controle
from variantes.falc.coupes import proposer_coupes, proposer_retours
from variantes.falc.modele import AUCUN, Constat, Genre, Ligne, MotsExpliques, Niveau, Regle, Synonymes
from variantes.falc.phrases import decouper
from variantes.falc.registre import REGLES

__all__ = [
    "AUCUN",
    "REGLES",
    "Constat",
    "Controle",
    "Genre",
    "Ligne",
    "MotsExpliques",
    "Niveau",
    "Regle",
    "Synonymes",
    "decouper",
    "proposer_coupes",
    "proposer_retours",
]
