"""Alphabetical order as French readers expect it, for databases without ICU."""

import unicodedata


def sort_key(text: str) -> str:
    """Return `text` without accents or case: "École" sorts between "eau" and "effet", not after "zèbre"."""
    decomposed = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("Œ", "OE"))
    plain = "".join(char for char in decomposed if not unicodedata.combining(char))
    return " ".join(plain.casefold().replace("’", " ").replace("'", " ").split())[:255]
