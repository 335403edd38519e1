"""Finds the words of the glossary in a text, and links them in HTML, without Django.

    from glossaire.liaison import Nom, Reperage, relier

    reperage = Reperage([Nom("ETP", 1, sigle=True), Nom("usager partenaire", 2)], "fr")
    relier("<p>L’ETP.</p>", reperage, lien=lambda terme, mots: f'<a data-mot="{terme}" href="…">{mots}</a>').html

`lien` gives an element that carries `data-mot`: a second pass knows by it what is linked already.
docs/glossaire.md says how words are found; docs/decisions/0028 says why so.
"""

from glossaire.liaison.flexions import formes_regulieres
from glossaire.liaison.liens import Lien, Relie, relier, relier_texte
from glossaire.liaison.normalisation import cle_de
from glossaire.liaison.reperage import Nom, Occurrence, Reperage

__all__ = [
    "Lien",
    "Nom",
    "Occurrence",
    "Relie",
    "Reperage",
    "cle_de",
    "formes_regulieres",
    "relier",
    "relier_texte",
]
