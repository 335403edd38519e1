"""Expressions that mean the same, as apps above tell them to the search."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import is_

from django.db import connection

from socle.search.fournisseurs import demander
from socle.search.langues import configuration, normaliser

Synonyms = Mapping[str, Iterable[str]]
Provider = Callable[[str], Synonyms]
_providers: list[Provider] = []

# Words of an expression, however long those that mean the same are.
MOTS_MAX = 12
# Each synonym is one more question to the index: so many for one expression, and for all that a reader typed.
PAR_EXPRESSION = 12
EN_TOUT = 60

_APOSTROPHE = re.compile(r"^[^\W\d_]{1,7}['’](?=\w)")
_ARTICLE_ARABE = re.compile(r"^(?:[وبكف]?ال|لل)(?=\w{2})")


def register_synonyms(provider: Provider) -> Provider:
    """Add a source of synonyms, from an app's `ready()`.

    `provider(language)` maps an expression to those that mean the same. It is asked at each search: it gives the same
    object again for as long as nothing has changed. An expression of one word in capitals is an acronym.
    """
    if provider not in _providers:
        _providers.append(provider)
    return provider


def unregister_synonyms(provider: Provider) -> None:
    """Forget a source of synonyms, between tests."""
    _providers.remove(provider)


@dataclass(frozen=True)
class Morceau:
    """Words of a question that are asked together, and what means the same."""

    nombre: int
    synonymes: tuple[str, ...] = ()


class Synonymes:
    """The synonyms of one language, ready to be met in a question."""

    def __init__(self, sources: Iterable[Synonyms], language_code: str) -> None:
        self._expressions: dict[str, dict[str, None]] = {}
        self._sigles: dict[str, dict[str, None]] = {}
        self.longueur = 0
        for source in sources:
            for expression, others in source.items():
                self._ajouter(expression, others)
        # "EN" is met in capitals only: everyone writes "en".
        self._vides = _mots_vides(self._sigles, language_code)

    def _ajouter(self, expression: str, others: Iterable[str]) -> None:
        sigle = est_un_sigle(expression)
        key = normaliser(expression) if sigle else cle(expression)
        length = len(key.split())
        if not length or length > MOTS_MAX:
            return
        known = (self._sigles if sigle else self._expressions).setdefault(key, {})
        for other in others:
            # The hyphens of a compound word would be asked of the text as well.
            known.setdefault(other.replace("-", " "))
        self.longueur = max(self.longueur, length)

    def __bool__(self) -> bool:
        return bool(self._expressions or self._sigles)

    def decouper(self, words: Sequence[str]) -> Iterator[Morceau]:
        """Cut words into expressions that have synonyms, the longest first, and words alone."""
        if not self:
            yield from (Morceau(1) for _word in words)
            return
        keys = [cle(word) for word in words]
        start, left = 0, EN_TOUT
        while start < len(words):
            morceau = self._morceau(words, keys, start, left)
            yield morceau
            start += morceau.nombre
            left -= len(morceau.synonymes)

    def _morceau(self, words: Sequence[str], keys: Sequence[str], start: int, left: int) -> Morceau:
        for length in range(min(len(words) - start, self.longueur), 0, -1):
            for first in self._debuts(words[start], keys[start]):
                key = " ".join(filter(None, (first, *keys[start + 1 : start + length])))
                found = self._expressions.get(key, {})
                if length == 1:
                    found = found | self._sigle(words[start])
                compound = any("-" in word for word in words[start : start + length])
                if others := [other for other in found if compound or cle(other) != key]:
                    return Morceau(length, tuple(others[: min(PAR_EXPRESSION, left)]))
        return Morceau(1)

    def _debuts(self, word: str, key: str) -> Iterator[str]:
        """What an expression may begin with: "l’éducation" is "éducation" too."""
        yield key
        if elision := _APOSTROPHE.match(word):
            yield cle(word[elision.end() :])

    def _sigle(self, word: str) -> dict[str, None]:
        word = _APOSTROPHE.sub("", word)
        key = normaliser(word)
        found = self._sigles.get(key) or self._sigles.get(key.removesuffix("s"), {})
        return found if key not in self._vides or est_un_sigle(word) else {}


def est_un_sigle(expression: str) -> bool:
    """Tell whether an expression is one word in capitals."""
    return expression.isupper() and len(expression) > 1 and not re.search(r"\s", expression)


def cle(expression: str) -> str:
    """Return an expression so that its singular and its plural are the same."""
    words = (_ARTICLE_ARABE.sub("", mot) for mot in normaliser(expression).split())
    return " ".join(re.sub(r"[sx]$", "", mot) or mot for mot in words)


def _mots_vides(words: Iterable[str], language_code: str) -> frozenset[str]:
    """Those of the words that the index of a language leaves out: they are in every text."""
    asked = list(words)
    if not asked:
        return frozenset()
    sql = "SELECT word FROM unnest(%s::text[]) AS word WHERE length(to_tsvector(%s::regconfig, word)) = 0"
    with connection.cursor() as cursor:
        cursor.execute(sql, [asked, configuration(language_code)])
        return frozenset(word for (word,) in cursor.fetchall())


_AUCUN: Synonyms = {}
# What each language had, and what was made of it.
_faits: dict[str, tuple[tuple[Synonyms, ...], Synonymes]] = {}


def synonymes(language_code: str) -> Synonymes:
    """Return the synonyms of a language, made again when a source gives others. A source that fails gives none."""
    sources = tuple(demander(provider, _AUCUN, language_code) for provider in _providers)
    kept = _faits.get(language_code)
    if kept and len(kept[0]) == len(sources) and all(map(is_, kept[0], sources)):
        return kept[1]
    made = Synonymes(sources, language_code)
    _faits[language_code] = (sources, made)
    return made
