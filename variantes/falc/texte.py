"""A line made regular for reading by rules, with the way back to what was written.

Typographic and straight apostrophes, the kinds of spaces and of hyphens, letters composed or not are the same for all
rules. Places found in the regular text are given back as places in the text that was written.
"""

import re
import unicodedata
from bisect import bisect_left
from dataclasses import dataclass, field
from enum import Enum, auto
from functools import cached_property

from variantes.falc.modele import Etendue

_REMPLACES = str.maketrans(
    {
        **dict.fromkeys("’‘ʼ＇´`′", "'"),
        **dict.fromkeys("\u00a0\u202f\u2009\u2007\u2002\u2003\u2004\u2005\u2006\u2008\u200a\u3000\t\v\f", " "),
        **dict.fromkeys("\u2010\u2011\u2212", "-"),
    }
)
# Soft hyphens, zero-width characters, marks of direction, variation selectors: nobody sees them.
_INVISIBLE = "\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufe00-\ufe0f\ufeff"
_INVISIBLES = re.compile(f"[{_INVISIBLE}]")
# A character and the marks set on it, which are composed together.
_GROUPE = re.compile(f"[^\u0300-\u036f{_INVISIBLE}][\u0300-\u036f]*|[\u0300-\u036f{_INVISIBLE}]+")


def ensemble(words: str) -> frozenset[str]:
    """Return a set of words written with spaces between them."""
    return frozenset(words.split())


class Nature(Enum):
    """What a token is."""

    MOT = auto()
    NOMBRE = auto()
    ADRESSE = auto()
    SIGNE = auto()


@dataclass(frozen=True, slots=True)
class Jeton:
    """A token: `texte` as written, `bas` in small letters."""

    nature: Nature
    texte: str
    bas: str
    debut: int
    fin: int

    @property
    def est_mot(self) -> bool:
        return self.nature is Nature.MOT


@dataclass
class Texte:
    """A text made regular."""

    original: str
    propre: str = field(init=False)
    _places: list[int] | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        text = self.original
        if text.isascii() or (unicodedata.is_normalized("NFC", text) and not _INVISIBLES.search(text)):
            self.propre = text.translate(_REMPLACES)
            return
        parts: list[str] = []
        places: list[int] = []
        for group in _GROUPE.finditer(text):
            composed = _INVISIBLES.sub("", unicodedata.normalize("NFC", group[0]))
            parts.append(composed)
            places += [group.start()] * len(composed)
        self.propre = "".join(parts).translate(_REMPLACES)
        self._places = [*places, len(text)]

    def etendue(self, debut: int, fin: int) -> Etendue:
        """Return the place in what was written of a place in the regular text."""
        if self._places is None:
            return debut, fin
        return self._places[debut], self._places[fin]

    def place(self, debut: int, fin: int) -> Etendue:
        """Return the place in the regular text of a place in what was written."""
        if self._places is None:
            return debut, fin
        return bisect_left(self._places, debut, hi=len(self.propre)), bisect_left(
            self._places, fin, hi=len(self.propre)
        )

    @cached_property
    def jetons(self) -> list[Jeton]:
        return jetons(self.propre)


# Nothing here may go back over what it read: each alternative is a plain run of characters.
_ADRESSE = r"(?:https?://|www\.)[^\s<>«»\"]+|[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}"
_DOMAINE = r"(?:[a-z0-9](?:[a-z0-9-]{0,62})\.){1,5}(?:fr|org|com|net|eu|gouv|info|paris|io)\b(?:/[^\s<>«»\"]*)?"
_NOMBRE = r"\d+(?:[.,]\d+)*"
_LETTRE = r"[^\W\d_]"
_MOT = rf"aujourd'hui|prud'hom\w+|quelqu'une?s?|{_LETTRE}+(?:[-·]{_LETTRE}+)*'?"
_JETON = re.compile(
    rf"(?P<ADRESSE>{_ADRESSE}|\b{_DOMAINE})|(?P<NOMBRE>{_NOMBRE})|(?P<MOT>{_MOT})|(?P<SIGNE>\.\.\.|\S)",
    re.IGNORECASE,
)
_FIN_D_ADRESSE = re.compile(r"[.,;:!?…)\]']+$")


def jetons(text: str) -> list[Jeton]:
    """Return the words, numbers, addresses and signs of a regular text, in order."""
    found: list[Jeton] = []
    position = 0
    while match := _JETON.search(text, position):
        name = match.lastgroup or "SIGNE"
        value = match[0]
        if name == "ADRESSE" and (end := _FIN_D_ADRESSE.search(value)):
            value = value[: end.start()] or value[0]
        start = match.start()
        position = start + len(value)
        found.append(Jeton(Nature[name], value, value.lower(), start, position))
    return found
