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


# The French stemmer cuts "usager" to "usag" and "usagers" to "usager": one would not find the other.
_GERS = re.compile(r"(?<=g)ers\b", re.IGNORECASE)


def mots(texte: str, language_code: str) -> str:
    """Return `texte` as both the index and the questions give it to the stemmer."""
    return _GERS.sub("er", texte) if CONFIGURATIONS.get(language_code) == "plateforme_french" else texte


def normaliser(texte: str) -> str:
    """Return the words of `texte` without accents, case or punctuation."""
    return " ".join(re.sub(r"[\W_]+", " ", sort_key(texte)).split())
