"""What a language of the settings is called elsewhere than on the site, and which way a text is written."""

import unicodedata
from collections import Counter
from functools import lru_cache

from babel.core import get_global

# The country whose usage the site follows, where it is not the one that most speakers live in.
PAYS = {"en": "GB", "pt": "PT", "ar": "AR"}


@lru_cache
def locale_et_pays(language_code: str) -> str:
    """Return language and country as Open Graph writes them: "fr_FR". Easy-to-read French is French."""
    base = language_code.partition("-")[0]
    if base in PAYS:
        return f"{base}_{PAYS[base]}"
    likely = get_global("likely_subtags")
    # "zh-hans" is a language and its script; "fr-simple", a language and nothing that Unicode knows.
    script = "_".join([base, *(part.title() for part in language_code.split("-")[1:])])
    country = str(likely.get(script) or likely.get(base, "")).rpartition("_")[2]
    return f"{base}_{country}" if len(country) == 2 else base


def voix(language_code: str) -> str:
    """Return the language to ask a voice for: easy-to-read French is read by a French voice."""
    return locale_et_pays(language_code).replace("ar_AR", "ar").replace("_", "-")


def sens(texte: str) -> str:
    """Return the direction in which a text is written, by most of its letters: "rtl" or "ltr".

    `dir="auto"` looks at the first letter alone: a French sentence that begins with an Arabic word would be reversed.
    """
    found = Counter(unicodedata.bidirectional(character) for character in texte)
    return "rtl" if found["R"] + found["AL"] > found["L"] else "ltr"
