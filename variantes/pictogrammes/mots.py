"""Which pictograms fit the words of a line.

A keyword fits when all its words are in the line, whatever their accents, plural or regular conjugation. Several
words say more than one ("fauteuil roulant"), a word of few pictograms more than one of many, and the title more than
the rest.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log

import snowballstemmer

_STEMMER = snowballstemmer.stemmer("french")
_WORD = re.compile(r"[^\W_]+")
# Words that every line has. "ne", "pas" and "non" stay: "ne pas comprendre" has a picture of its own.
VIDES = frozenset(
    """
    a ai alors apres as au aux avec avez avoir avons ce cela ces cet cette ceux chez comme d dans de des donc
    du elle elles en es est et etaient etait etes etre eu eux il ils j je l la le les leur leurs lui m mais
    me mes mon n nos notre nous on ont ou par peut peuvent pour pouvez qu que qui quoi s sa sans se sera ses
    si soit son sont sous sur t ta te tes ton tres tu un une vos votre vous y
    """.split()
)
# A title counts for more than the words that were added to it.
TITRE = 0.35
# What the other keywords found add to the best of them.
AUTRES = 0.2


@dataclass(frozen=True)
class Candidat:
    """A picture that may be proposed, with the words said of it."""

    pk: int
    titre: str
    mots: tuple[str, ...]


def normaliser(texte: str) -> str:
    """Small letters without accents or typographic apostrophes."""
    plain = unicodedata.normalize("NFKD", texte.lower().replace("’", "'").replace("œ", "oe").replace("æ", "ae"))
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


@lru_cache(maxsize=20_000)
def racine(mot: str) -> str:
    """The stem of a French word, without accents: the same for "réunion" and "reunions"."""
    word = mot.lower()
    # The stemmer keeps the plural of some short words.
    if len(word) > 3 and word[-1] in "sx":
        word = word[:-1]
    return normaliser(str(_STEMMER.stemWord(word)))


@lru_cache(maxsize=20_000)
def racines(texte: str) -> tuple[str, ...]:
    """The stems of the words of a text that say something, in their order."""
    words = _WORD.findall(unicodedata.normalize("NFC", texte))
    return tuple(racine(word) for word in words if normaliser(word) not in VIDES)


def classer(texte: str, candidats: Sequence[Candidat], *, debuts: bool = False) -> list[int]:
    """Return the pictures that fit a text, best first; none when no word fits.

    `debuts` also takes the beginning of a word for the word: somebody is typing.
    """
    line = _stems(texte, candidats, debuts)
    weights = _weights(candidats)
    scores = ((_score(line, candidat, weights), candidat) for candidat in candidats)
    found = [(score, place, candidat) for (score, place), candidat in scores if score]
    found.sort(key=lambda each: (-each[0], each[1], each[2].titre))
    return [candidat.pk for _score_, _place, candidat in found]


def _stems(texte: str, candidats: Iterable[Candidat], debuts: bool) -> dict[str, int]:
    """The stems of a text, each with its place."""
    # Not kept: a line is read once.
    line: dict[str, int] = {}
    for place, stem in enumerate(racines.__wrapped__(texte)):
        line.setdefault(stem, place)
    if debuts and (words := _WORD.findall(normaliser(texte))) and len(words[-1]) > 1:
        known = {word for candidat in candidats for word in _words(candidat)}
        for word in known:
            if normaliser(word).startswith(words[-1]):
                line.setdefault(racine(word), len(line))
    return line


@lru_cache(maxsize=5_000)
def _words(candidat: Candidat) -> tuple[str, ...]:
    return tuple(_WORD.findall(" ".join((candidat.titre, *candidat.mots)).lower()))


@lru_cache(maxsize=5_000)
def _keywords(candidat: Candidat) -> tuple[frozenset[str], frozenset[frozenset[str]]]:
    """The title of a picture and its keywords, as stems."""
    title = frozenset(racines(candidat.titre))
    return title, frozenset(key for key in (title, *map(frozenset, map(racines, candidat.mots))) if key)


def _weights(candidats: Sequence[Candidat]) -> dict[str, float]:
    number = Counter(stem for candidat in candidats for stem in frozenset().union(*_keywords(candidat)[1]))
    total = len(candidats) + 1
    return {stem: log(1 + total / count) / log(1 + total) for stem, count in number.items()}


def _score(line: dict[str, int], candidat: Candidat, weights: dict[str, float]) -> tuple[float, int]:
    """How well a picture fits, and where the first of its words stands."""
    title, keywords = _keywords(candidat)
    scores: list[float] = []
    places: list[int] = []
    for keyword in keywords:
        if keyword <= line.keys():
            scores.append(sum(weights[stem] for stem in keyword) + (TITRE if keyword == title else 0))
            places.extend(line[stem] for stem in keyword)
    if not scores:
        return 0, 0
    scores.sort(reverse=True)
    return scores[0] + AUTRES * sum(scores[1:]), min(places)
