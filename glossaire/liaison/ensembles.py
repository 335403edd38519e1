"""Sets of words, written as a text."""


def ensemble(mots: str) -> frozenset[str]:
    """Return a set of words written with spaces between them."""
    return frozenset(mots.split())
