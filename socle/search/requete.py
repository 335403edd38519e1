"""What a reader typed, as a question to the index."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_

from socle.search.langues import ENTIERS, configuration, mots, normaliser


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


Synonyms = Mapping[str, Iterable[str]]
Provider = Callable[[str], Synonyms]
_providers: list[Provider] = []

# "a phrase", -excluded, -"excluded phrase" or a word.
_PIECES = re.compile(r'(-?)(?:"([^"]*)"?|(\S+))')
PREFIXE_MIN = 3
EXPRESSION_MAX = 5


def register_synonyms(provider: Provider) -> Provider:
    """Add a source of synonyms, from an app's `ready()`.

    `provider(language)` maps an expression to those that mean the same; it is asked at each search, so it remembers
    its answer.
    """
    if provider not in _providers:
        _providers.append(provider)
    return provider


def unregister_synonyms(provider: Provider) -> None:
    """Forget a source of synonyms, between tests."""
    _providers.remove(provider)


def _synonymes(language_code: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for provider in _providers:
        for expression, others in provider(language_code).items():
            found.setdefault(_cle(expression), []).extend(others)
    return found


def _cle(expression: str) -> str:
    """Return an expression so that its singular and its plural are the same."""
    return " ".join(re.sub(r"[sx]$", "", mot) or mot for mot in normaliser(expression).split())


def question(q: str, language_code: str, *, prefixe: bool = True) -> Tsquery:
    """Return the tsquery of `q`: every word, synonyms allowed, the last one perhaps not finished."""
    parts: list[Tsquery] = []
    excluded: list[Tsquery] = []
    free: list[str] = []
    synonymes = _synonymes(language_code)
    pieces = _PIECES.findall(q)
    for minus, phrase, word in pieces:
        if minus:
            excluded.append(_query(phrase or word, language_code))
        elif phrase:
            parts += _libres(free, language_code, synonymes, prefixe=False)
            parts.append(_query(phrase, language_code, "phraseto_tsquery"))
            free = []
        elif word:
            free.append(word)
    last_is_free = bool(pieces) and bool(pieces[-1][2]) and not pieces[-1][0]
    parts += _libres(free, language_code, synonymes, prefixe=prefixe and last_is_free and not q.endswith(" "))
    asked = reduce(and_, parts) if parts else _query("", language_code)
    return reduce(and_, [asked, *(~query for query in excluded)])


def _query(texte: str, language_code: str, fonction: str = "plainto_tsquery") -> Tsquery:
    return Tsquery(f"{fonction}(%s::regconfig, %s)", (configuration(language_code), mots(texte, language_code)))


def _libres(words: list[str], language_code: str, synonymes: dict[str, list[str]], *, prefixe: bool) -> list[Tsquery]:
    """One question for each word, or for each expression that has synonyms."""
    parts: list[Tsquery] = []
    start = 0
    while start < len(words):
        length, others = _expression(words[start:], synonymes)
        text = " ".join(words[start : start + length])
        start += length
        ways = [_query(text, language_code), *(_query(other, language_code, "phraseto_tsquery") for other in others)]
        if prefixe and start == len(words) and (debut := _debut(words[-1])):
            before = " ".join(words[start - length : start - 1])
            unfinished = Tsquery("to_tsquery(%s::regconfig, %s)", (ENTIERS, f"{debut}:*"))
            ways.append(_query(before, language_code) & unfinished if before else unfinished)
        parts.append(reduce(or_, ways))
    return parts


def _expression(words: list[str], synonymes: dict[str, list[str]]) -> tuple[int, list[str]]:
    """Return how many of the first words make an expression with synonyms, the longest one, and these synonyms."""
    if synonymes:
        for length in range(min(len(words), EXPRESSION_MAX), 0, -1):
            if others := synonymes.get(_cle(" ".join(words[:length]))):
                return length, others
    return 1, []


def _debut(word: str) -> str:
    """Return the beginning that a word may be: "l’anim" is "anim"."""
    found = re.findall(r"[^\W_]+", word)
    debut = found[-1] if found and word.endswith(found[-1]) else ""
    return debut if len(debut) >= PREFIXE_MIN else ""
