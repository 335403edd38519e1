"""What a reader typed, as a question to the index."""

import re
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_

from socle.search.langues import ENTIERS, configuration, mots
from socle.search.synonymes import Synonymes, synonymes


@dataclass(frozen=True)
class Tsquery:
    """A question as PostgreSQL computes it: SQL and its parameters."""

    sql: str
    parameters: tuple[str, ...]

    def __and__(self, other: "Tsquery") -> "Tsquery":
        return Tsquery(f"({self.sql} && {other.sql})", (*self.parameters, *other.parameters))

    def __or__(self, other: "Tsquery") -> "Tsquery":
        return Tsquery(f"({self.sql} || {other.sql})", (*self.parameters, *other.parameters))

    def __invert__(self) -> "Tsquery":
        return Tsquery(f"(!! {self.sql})", self.parameters)


# "a phrase", -excluded, -"excluded phrase" or a word.
_PIECES = re.compile(r'(-?)(?:"([^"]*)"?|(\S+))')
PREFIXE_MIN = 3


def question(q: str, language_code: str, *, prefixe: bool = True) -> Tsquery:
    """Return the tsquery of `q`: every word, synonyms allowed, the last one perhaps not finished."""
    parts: list[Tsquery] = []
    excluded: list[Tsquery] = []
    free: list[str] = []
    known = synonymes(language_code)
    pieces = _PIECES.findall(q)
    for minus, phrase, word in pieces:
        if minus:
            excluded.append(_query(phrase or word, language_code))
        elif phrase:
            parts += _libres(free, language_code, known, prefixe=False)
            parts.append(_query(phrase, language_code, "phraseto_tsquery"))
            free = []
        elif word:
            free.append(word)
    last_is_free = bool(pieces) and bool(pieces[-1][2]) and not pieces[-1][0]
    parts += _libres(free, language_code, known, prefixe=prefixe and last_is_free and not q.endswith(" "))
    asked = reduce(and_, parts) if parts else _query("", language_code)
    return reduce(and_, [asked, *(~query for query in excluded)])


def _query(texte: str, language_code: str, fonction: str = "plainto_tsquery") -> Tsquery:
    return Tsquery(f"{fonction}(%s::regconfig, %s)", (configuration(language_code), mots(texte, language_code)))


def _libres(words: list[str], language_code: str, known: Synonymes, *, prefixe: bool) -> list[Tsquery]:
    """One question for each word, or for each expression that has synonyms."""
    parts: list[Tsquery] = []
    start = 0
    for morceau in known.decouper(words):
        end = start + morceau.nombre
        others = (_query(other, language_code, "phraseto_tsquery") for other in morceau.synonymes)
        ways = [_query(" ".join(words[start:end]), language_code), *others]
        if prefixe and end == len(words) and (debut := _debut(words[-1])):
            before = " ".join(words[start : end - 1])
            unfinished = Tsquery("to_tsquery(%s::regconfig, %s)", (ENTIERS, f"{debut}:*"))
            ways.append(_query(before, language_code) & unfinished if before else unfinished)
        parts.append(reduce(or_, ways))
        start = end
    return parts


def _debut(word: str) -> str:
    """Return the beginning that a word may be: "l’anim" is "anim"."""
    found = re.findall(r"[^\W_]+", word)
    debut = found[-1] if found and word.endswith(found[-1]) else ""
    return debut if len(debut) >= PREFIXE_MIN else ""
