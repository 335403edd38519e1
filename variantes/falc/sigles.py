"""Acronyms, and those that a page says in full: "l’ARS (Agence régionale de santé)", "ARS veut dire : …"."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from variantes.falc.texte import Jeton, ensemble

# Words that an acronym may leave out.
_PETITS = ensemble("de du des d' la le les l' et à en pour au aux ou par sur dans un une")
_VEUT_DIRE = re.compile(r"\s(?:veut dire|veulent dire|signifie|est le nom de|c'est le nom de)\b", re.IGNORECASE)


def en_capitales(text: str) -> bool:
    """Tell whether a word has two capitals or more and no small letter."""
    return text.isupper() and len(text) > 1 and sum(character.isalpha() for character in text) > 1


def expliques(lines: Sequence[tuple[str, list[Jeton]]]) -> frozenset[str]:
    """Return the acronyms that these lines, given with their words, say in full, in capitals and without an "s"."""
    found = set()
    for rank, (text, tokens) in enumerate(lines):
        candidates = [token for token in tokens if token.est_mot and en_capitales(token.texte.removesuffix("s"))]
        if not candidates:
            continue
        words = [*tokens, *(lines[rank + 1][1] if rank + 1 < len(lines) else ())]
        initials = list(_initiales(words))
        for token in candidates:
            acronym = token.texte.removesuffix("s")
            if _VEUT_DIRE.match(text, token.fin) or (len(acronym) < 12 and en_entier(acronym, initials)):
                found.add(acronym)
    return frozenset(found)


def _initiales(tokens: Iterable[Jeton]) -> Iterator[tuple[str, bool]]:
    """Return the first letter of each word, without its accent, and whether an acronym may leave it out."""
    for token in tokens:
        if token.est_mot and not en_capitales(token.texte):
            for part in token.bas.split("-"):
                yield unicodedata.normalize("NFD", part[:1]).upper()[:1], token.bas in _PETITS


def en_entier(acronym: str, initials: Sequence[tuple[str, bool]]) -> bool:
    """Tell whether words that follow each other begin with the letters of an acronym."""
    return any(_lit(acronym, initials[rank : rank + 3 * len(acronym)]) for rank in range(len(initials)))


def _lit(acronym: str, initials: Sequence[tuple[str, bool]]) -> bool:
    place = 0
    for letter, small in initials:
        if letter == acronym[place]:
            place += 1
            if place == len(acronym):
                return True
        elif not small or not place:
            return False
    return False


def dit_en_entier(text: str, tokens: Iterable[Jeton], known: frozenset[str]) -> bool:
    """Tell whether words in brackets are one of these acronyms, or say it in full."""
    if text.strip() in known:
        return True
    initials = list(_initiales(tokens))
    return any(en_entier(acronym, initials) for acronym in known)
