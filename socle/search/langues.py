"""Words as the index and the questions read them."""

import re

from socle.collation import sort_key

# Configurations created by a migration: the language's stemmer behind `unaccent`.
CONFIGURATIONS = {
    "fr": "plateforme_french",
    "fr-simple": "plateforme_french",
    "en": "plateforme_english",
    "ar": "plateforme_arabic",
    "es": "plateforme_spanish",
    "pt": "plateforme_portuguese",
}
# Words as they are written: what the beginning of a word is compared with.
ENTIERS = "plateforme_simple"


def configuration(language_code: str) -> str:
    """Text search configuration of a language."""
    return CONFIGURATIONS.get(language_code, ENTIERS)


# Plurals that the stemmers keep apart from their singular, and what to read in their place: "usagers" would not find
# "usager"; without its accents, "avaliações" would not find "avaliação".
_PLURIELS = {
    "plateforme_french": ((re.compile(r"(?<=g)ers\b", re.IGNORECASE), "er"),),
    "plateforme_portuguese": (
        (re.compile(r"[õo]es\b", re.IGNORECASE), "ao"),
        (re.compile(r"(?<=\w{3}[aeéoóuú])is\b", re.IGNORECASE), "l"),
        (re.compile(r"(?<=[aeiou])ns\b", re.IGNORECASE), "m"),
    ),
}


def mots(texte: str, language_code: str) -> str:
    """Return `texte` as both the index and the questions give it to the stemmer."""
    for pluriel, singulier in _PLURIELS.get(configuration(language_code), ()):
        texte = pluriel.sub(singulier, texte)
    return texte


def normaliser(texte: str) -> str:
    """Return the words of `texte` without accents, case or punctuation."""
    return " ".join(re.sub(r"[\W_]+", " ", sort_key(texte)).split())
