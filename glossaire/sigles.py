"""Acronyms as texts write them."""

import re
from collections import Counter
from functools import cache
from pathlib import Path

from variantes.falc import lexique as frequences

COURANTS = Path(__file__).parent / "donnees" / "sigles_courants.txt"
LONGUEUR_MAX = 12
# So many words in capitals one after the other are a sentence that is shouted, or a heading.
CRI = 3
# A word of the language that is used this often is no acronym, even in capitals.
FREQUENT = frequences.COURANT

_MAJ = "A-ZÀ-ÖØ-Þ"
_SIGLE = re.compile(rf"(?<!\w)((?:[{_MAJ}0-9]*[{_MAJ}]){{2}}[{_MAJ}0-9]*)s?(?!\w)")
# Centuries, articles, kings: beyond forty, numbers in capitals are acronyms.
_ROMAIN = re.compile(r"X{0,3}(?:IX|IV|V?I{0,3})")
_CRI = re.compile(rf"(?<!\w)[{_MAJ}]{{2,}}(?:[\s,;:’'-]+[{_MAJ}]{{2,}}){{{CRI - 1},}}(?!\w)")


@cache
def courants() -> frozenset[str]:
    """Those that everyone reads without an explanation, from the file."""
    lines = (line.strip() for line in COURANTS.read_text(encoding="utf-8").splitlines())
    return frozenset(line for line in lines if line and not line.startswith("#"))


def sigles(texte: str) -> Counter[str]:
    """Return the acronyms of a text: two capitals or more, digits allowed; how many times each is met."""
    found = Counter(match[1] for match in _SIGLE.finditer(_CRI.sub(" ", texte)))
    return Counter({sigle: number for sigle, number in found.items() if est_un_sigle(sigle)})


def est_un_sigle(texte: str) -> bool:
    """Tell whether a word in capitals may be an acronym: neither a number nor a common word that is shouted."""
    return len(texte) <= LONGUEUR_MAX and not _ROMAIN.fullmatch(texte) and not mot_courant(texte, au_moins=4)


def mot_courant(texte: str, *, au_moins: int = 1) -> bool:
    """Tell whether an acronym reads as a frequent French word of that many letters or more."""
    return len(texte) >= au_moins and frequences.chercher(texte.lower()).rang >= FREQUENT
