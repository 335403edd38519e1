"""How often French words are used and what they may be, from a file read at the first question.

donnees/NOTICE.md says where the numbers come from, and docs/decisions/0021 why they are kept here.
"""

import gzip
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

FICHIER = Path(__file__).parent / "donnees" / "lexique.txt.gz"
# From this rank on, the commonest form of a word is read ten times in a million words; below the next one, not once.
COURANT = 4
TRES_RARE = 3


@dataclass(frozen=True, slots=True)
class Entree:
    """A form: the rank of its frequency (a logarithm), and what it may be, the likeliest first.

    N noun, A adjective, D adverb, P preposition, C conjunction, T determiner, R pronoun, O other; of verbs: V indicative,
    M imperative, S subjunctive, K conditional, I infinitive, Q past participle, G present participle.
    """

    rang: int
    natures: str

    def est(self, natures: str) -> bool:
        return any(letter in self.natures for letter in natures)

    @property
    def premiere(self) -> str:
        return self.natures[:1]


INCONNU = Entree(0, "")


@cache
def _lignes() -> list[str]:
    return gzip.decompress(FICHIER.read_bytes()).decode().split("\n")


@lru_cache(maxsize=8192)
def chercher(mot: str) -> Entree:
    """Return what is known of a form written in small letters."""
    key = mot.replace("œ", "oe").replace("æ", "ae") + "\t"
    lines = _lignes()
    place = bisect_left(lines, key)
    if place < len(lines) and lines[place].startswith(key):
        code = lines[place][len(key) :]
        return Entree(int(code[0]), code[1:])
    return INCONNU


def connu(mot: str) -> bool:
    return chercher(mot) is not INCONNU


_FINALES = (("aux", "al"), ("eaux", "eau"), ("s", ""), ("x", ""), ("es", ""), ("e", ""), ("ses", "x"), ("se", "x"))


@lru_cache(maxsize=8192)
def rang(mot: str) -> int:
    """Return the rank of a word, that of its parts when it is a compound nobody listed."""
    found = chercher(mot).rang
    if found:
        return found
    for ending, other in _FINALES:
        if mot.endswith(ending) and len(mot) > len(ending) + 2:
            found = max(found, chercher(mot[: -len(ending)] + other).rang)
    if not found and "-" in mot:
        parts = [part for part in mot.split("-") if len(part) > 1]
        found = min(map(rang, parts), default=COURANT)
    return found
