"""What two spellings of one name share, and the way back to what was written.

Case, accents, composed and decomposed letters, kinds of apostrophes, of hyphens and of spaces, ligatures, soft hyphens;
in Arabic the vowels, the lengthening stroke, the seats of the hamza, ta marbuta and alef maqsura.
"""

import re
import unicodedata

from glossaire.liaison.carte import Carte

# No name goes past it, and it is no space.
SEPARATEUR = "\u2029"

_ESPACES = " \t\n\v\f\r\x1c\x1d\x1e\x1f\x85\u00a0\u1680\u2000-\u200a\u2028\u202f\u205f\u3000"
# Accents set on the letter before them; in Arabic, vowels and the lengthening stroke.
_MARQUES = "\u0300-\u036f\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed"
# Soft hyphens, zero-width characters, marks of direction, variation selectors.
_INVISIBLES = "\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufe00-\ufe0f\ufeff"
# Latin, Greek, Cyrillic; Arabic; old forms of letters that PDF files hold. Elsewhere a mark may be a letter.
_LETTRES = ((0x00, 0x530), (0x1E00, 0x2070))
_FORMES = ((0x600, 0x700), (0xFB00, 0xFB07), (0xFB50, 0xFE00), (0xFE70, 0xFEFD))

_MARQUE = re.compile(f"[{_MARQUES}]")
_OTEES = re.compile(f"[{_MARQUES}{_INVISIBLES}]+")
_SIGNES = {
    **dict.fromkeys("’‘ʼ＇´`′‛", "'"),
    **dict.fromkeys("\u2010\u2011\u2212\ufe63\uff0d", "-"),
    "œ": "oe",
    "Œ": "oe",
    "æ": "ae",
    "Æ": "ae",
    "ة": "ه",
    "ى": "ي",
    "ٱ": "ا",
    "ی": "ي",
    "ک": "ك",
}


def _decomposer(texte: str) -> str:
    # Old forms of letters are other letters for NFD; "²" would be "2" for NFKD.
    return unicodedata.normalize("NFKD" if texte >= "\u0600" else "NFD", texte)


def _plier(caractere: str) -> str:
    """Return what is read of one character."""
    decompose = _decomposer(_decomposer(caractere).casefold())
    plie = "".join(_SIGNES.get(lettre, lettre) for lettre in _MARQUE.sub("", decompose))
    # What is more or less than letters would move the limits of words.
    return plie if len(plie) == 1 or plie.isalpha() else caractere


def _tables() -> tuple[dict[int, int], dict[str, str]]:
    un_pour_un = {ord(signe): ord(plie) for signe, plie in _SIGNES.items() if len(plie) == 1}
    un_pour_un |= {ord(espace): ord(" ") for espace in map(chr, range(0x3001)) if re.match(f"[{_ESPACES}]", espace)}
    developpes = {signe: plie for signe, plie in _SIGNES.items() if len(plie) > 1}
    for debut, fin in (*_LETTRES, *_FORMES):
        for caractere in map(chr, range(debut, fin)):
            if ord(caractere) in un_pour_un or _OTEES.match(caractere):
                continue
            plie = _plier(caractere)
            if len(plie) > 1:
                developpes[caractere] = plie
            else:
                # Those that stay too: `str.translate` takes longest over what it does not know.
                un_pour_un[ord(caractere)] = ord(plie)
    return un_pour_un, developpes


_UN_POUR_UN, _DEVELOPPES = _tables()
_DEVELOPPE = re.escape("".join(_DEVELOPPES))
_PAS_UN_POUR_UN = re.compile(f"[{_MARQUES}{_INVISIBLES}{_DEVELOPPE}]")
_PAS_UN_POUR_UN_NI_ESPACES = re.compile(
    f"[{_MARQUES}{_INVISIBLES}]+|[{_DEVELOPPE}]|[{_ESPACES}][{_ESPACES}{_MARQUES}{_INVISIBLES}]+"
)


class Texte:
    """A text as it is read (`lu`), the same with its case and accents (`casse`), and the way back to the text."""

    __slots__ = ("_carte", "casse", "ecrit", "lu")

    def __init__(self, ecrit: str) -> None:
        self.ecrit = ecrit
        self._carte: Carte | None = None
        self.casse = self._lire(_PAS_UN_POUR_UN) if _PAS_UN_POUR_UN.search(ecrit) else ecrit
        self.lu = self.casse.translate(_UN_POUR_UN)
        if "  " in self.lu:
            self.casse = self._lire(_PAS_UN_POUR_UN_NI_ESPACES)
            self.lu = self.casse.translate(_UN_POUR_UN)

    def _lire(self, motif: re.Pattern[str]) -> str:
        self._carte = carte = Carte()
        morceaux: list[str] = []
        place = lu = 0

        def suite(jusque: int) -> None:
            nonlocal place
            if jusque > lu:
                carte.ajouter(place, lu)
                morceaux.append(self.ecrit[lu:jusque])
                place += jusque - lu

        for trouve in motif.finditer(self.ecrit):
            debut, fin = trouve.span()
            suite(debut)
            plie = _DEVELOPPES.get(trouve[0]) or ("" if _OTEES.match(trouve[0]) else " ")
            if plie:
                carte.ajouter(place, debut, fin)
                morceaux.append(plie)
                place += len(plie)
            lu = fin
        suite(len(self.ecrit))
        return "".join(morceaux)

    def etendue(self, debut: int, fin: int) -> tuple[int, int]:
        """Return the place in what was written of a place, not empty, in what is read."""
        if self._carte is None:
            return debut, fin
        dernier = self._carte.fin(fin)
        while marque := _MARQUE.match(self.ecrit, dernier):
            dernier = marque.end()
        return self._carte.debut(debut), dernier


def cle_de(texte: str) -> str:
    """Return what two spellings of one name share."""
    return Texte(texte).lu.strip()


def sans_accents(texte: str) -> str:
    """Return a text without its accents and what nobody sees, its capitals kept."""
    return _OTEES.sub("", unicodedata.normalize("NFD", texte))
