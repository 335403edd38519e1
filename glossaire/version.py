"""The version of the glossary: what processes remember of it is forgotten when it changes."""

from typing import Any

from socle import generation

GLOSSAIRE = "glossaire"


def courante() -> int:
    """Return the version; it costs no query of its own."""
    return generation.current(GLOSSAIRE)


def nouvelle(**kwargs: Any) -> None:
    """Make every process read the glossary again. Usable as a signal receiver."""
    generation.increment(GLOSSAIRE)
