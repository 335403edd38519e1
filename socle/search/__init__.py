"""Search in the public pages of one language, and in the titles of the documents that they use.

The only package that knows the engine: another index would replace it here and nowhere else.
"""

from socle.search.cartes import Carte, carte, register_card
from socle.search.documents import indexer_document
from socle.search.index import desindexer, indexer, renommer_terme
from socle.search.masques import compter
from socle.search.moteur import Resultat, Resultats, chercher
from socle.search.suggestions import Suggestion, register_suggestions, suggerer
from socle.search.synonymes import register_synonyms
from socle.search.termes import (
    avec_des_communs,
    avec_index,
    avec_une_valeur,
    terme,
    termes_indexes,
)

__all__ = [
    "Carte",
    "Resultat",
    "Resultats",
    "Suggestion",
    "avec_des_communs",
    "avec_index",
    "avec_une_valeur",
    "carte",
    "chercher",
    "compter",
    "desindexer",
    "indexer",
    "indexer_document",
    "register_card",
    "register_suggestions",
    "register_synonyms",
    "renommer_terme",
    "suggerer",
    "terme",
    "termes_indexes",
]
