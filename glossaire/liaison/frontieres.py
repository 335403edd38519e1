"""Where a word begins and ends: what may stand beside a name, in a text as it is read."""

import re
import unicodedata
from bisect import bisect_right

from glossaire.liaison.ensembles import ensemble
from glossaire.liaison.normalisation import SEPARATEUR

# "l’ETP" and "qu’ETP" have the word; "prud’homme" does not have "homme".
_ELISIONS = ensemble("l d j m t s n c qu jusqu lorsqu puisqu quoiqu")
_ELISION = re.compile(r"[^\W\d_]{1,6}$")
# What joins two halves of one word: "pair-aidance", "usager·e", "usager(e)s", "sante.fr", "R&D".
_JOINTS = frozenset("-·‧•.@&")
# "usager(s)" is still the word.
_ACCORD = re.compile(r"\((?:e|s|x|es)\)s?(?!\w)")
# wa, fa; bi, ka, li; al; and li + al written as one.
_PREFIXES_ARABES = frozenset(
    f"{conjonction}{reste}"
    for conjonction in ("", "و", "ف")
    for reste in ("لل", *(f"{preposition}{article}" for preposition in ("", "ب", "ك", "ل") for article in ("", "ال")))
)
_FINS_DE_PREFIXE = frozenset("وفبكل")
_PREFIXE_LE_PLUS_LONG = max(map(len, _PREFIXES_ARABES))
_SIGNE_D_ADRESSE = re.compile(r"://|@|www\.|\.[a-z]{2,12}/")
# What ends any word, with the ends of the text.
_BORDS = frozenset({"", " ", SEPARATEUR, ",", ";", ":", "!", "?", "«", "»", '"'})
_BORD = re.compile(f"[ {SEPARATEUR}]")


def est_mot(caractere: str) -> bool:
    """Tell whether a character is part of a word. Raised figures are not: they call notes."""
    return (
        caractere.isalpha()
        or caractere.isdecimal()
        or caractere == "_"
        or (caractere > "\u007f" and unicodedata.category(caractere)[0] == "M")
    )


class Frontieres:
    """The limits of words of one text, in one language."""

    __slots__ = ("_adresses", "_possessif", "lu", "prefixes")

    def __init__(self, lu: str, langue: str) -> None:
        self.lu = lu
        self.prefixes = langue == "ar"
        """Whether words may be written before a name without a space."""
        self._possessif = langue == "en"
        self._adresses: tuple[list[int], list[int]] | None = None

    def est_un_mot(self, debut: int, fin: int) -> bool:
        """Tell whether what stands there is a whole word, or whole words."""
        return (
            (self.lu[debut - 1 : debut] in _BORDS or self._commence(debut))
            and (self.lu[fin : fin + 1] in _BORDS or self._finit(fin))
            and not self._dans_une_adresse(debut)
        )

    def sans_prefixe(self, debut: int) -> int | None:
        """Return where the word begins of which a name at `debut` is all but what Arabic writes before a name."""
        avant = self.lu[debut - 1 : debut]
        if not avant.isalpha():
            return debut
        if avant in _FINS_DE_PREFIXE:
            for premier in range(debut - 1, max(debut - _PREFIXE_LE_PLUS_LONG, 0) - 1, -1):
                if not self._est_mot(premier - 1):
                    return premier if self.lu[premier:debut] in _PREFIXES_ARABES else None
        return None

    def _est_mot(self, place: int) -> bool:
        return 0 <= place < len(self.lu) and est_mot(self.lu[place])

    def _commence(self, debut: int) -> bool:
        if not debut:
            return True
        avant = self.lu[debut - 1]
        if est_mot(avant) or avant in "#@":
            return False
        if avant in _JOINTS or avant == ")":
            return not self._est_mot(debut - 2)
        if avant == "'":
            mot = _ELISION.search(self.lu, max(0, debut - 8), debut - 1)
            return not self._est_mot(debut - 2) or (
                mot is not None and mot[0] in _ELISIONS and not self._est_mot(mot.start() - 1)
            )
        return True

    def _finit(self, fin: int) -> bool:
        if fin == len(self.lu):
            return True
        apres = self.lu[fin]
        if est_mot(apres):
            return False
        if apres in _JOINTS:
            return not self._est_mot(fin + 1)
        if apres == "(":
            return not self._est_mot(fin + 1) or _ACCORD.match(self.lu, fin) is not None
        if apres == "'":
            possessif = self._possessif and self.lu.startswith("s", fin + 1) and not self._est_mot(fin + 2)
            return possessif or not self._est_mot(fin + 1)
        return True

    def _dans_une_adresse(self, place: int) -> bool:
        """Tell whether a place stands in an address of the web or of the post: its words are no words."""
        if self._adresses is None:
            self._adresses = self._lire_adresses()
        debuts, fins = self._adresses
        if not debuts:
            return False
        rang = bisect_right(debuts, place) - 1
        return rang >= 0 and place < fins[rang]

    def _lire_adresses(self) -> tuple[list[int], list[int]]:
        debuts: list[int] = []
        fins: list[int] = []
        if not any(signe in self.lu for signe in ("/", "@", "www.")):
            return debuts, fins
        place = 0
        while signe := _SIGNE_D_ADRESSE.search(self.lu, place):
            debut = 1 + max(self.lu.rfind(" ", place, signe.start()), self.lu.rfind(SEPARATEUR, place, signe.start()))
            bord = _BORD.search(self.lu, signe.end())
            place = bord.start() if bord else len(self.lu)
            debuts.append(debut)
            fins.append(place)
        return debuts, fins
