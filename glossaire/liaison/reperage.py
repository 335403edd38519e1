"""Finds the names of a language in a text, all at once."""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation

from glossaire.liaison.frontieres import Frontieres, est_mot
from glossaire.liaison.normalisation import SEPARATEUR, Texte, cle_de, sans_accents

_ARTICLE_ARABE = "ال"
_SIGLE_LE_PLUS_LONG = 10


@dataclass(frozen=True, slots=True)
class Nom:
    """One spelling of one term."""

    texte: str
    terme: int
    """Whose it is."""
    sigle: bool = False
    """Met in capitals only, as it is written."""
    rang: int = 0
    """Which term wins a spelling that two share: 0 a preferred name, 1 another name, 2 an inflected form."""


class Occurrence(NamedTuple):
    """A name met in a text, between two places of what was written."""

    debut: int
    fin: int
    terme: int


# Where a word begins (before the name, where Arabic writes something before it), minus where it ends, where the name
# begins, its rank, its term: in order, the best of those that overlap is the first.
_Possible = tuple[int, int, int, int, int]


class Reperage:
    """The names of one language, ready to be found: built once, asked often, by several threads at a time."""

    def __init__(self, noms: Iterable[Nom], langue: str) -> None:
        self.langue = langue.partition("-")[0].lower()
        self._noms = _Motifs()
        self._sigles = _Motifs()
        for nom in noms:
            if nom.sigle and nom.texte.lower() != nom.texte.upper():
                for motif in _sigles(nom.texte):
                    self._sigles.ajouter(motif, nom)
            else:
                for motif in _motifs(cle_de(nom.texte), self.langue):
                    self._noms.ajouter(motif, nom)
        self._noms.construire()
        self._sigles.construire()

    def reperer(self, texte: str) -> list[Occurrence]:
        """Return the names met in a text, in order: whole words, the leftmost and longest, never overlapping."""
        lecture = Texte(texte)
        frontieres = Frontieres(lecture.lu, self.langue)
        possibles = self._noms.trouver(lecture.lu, frontieres) + self._sigles.trouver(lecture.casse, frontieres)
        possibles.sort()
        trouvees: list[Occurrence] = []
        libre = 0
        for premier, moins_fin, _debut, _rang, terme in possibles:
            if premier >= libre and frontieres.est_un_mot(premier, -moins_fin):
                libre = -moins_fin
                trouvees.append(Occurrence(*lecture.etendue(premier, libre), terme))
        return trouvees


class _Motifs:
    """Spellings, whose each is, and the automaton that finds them."""

    def __init__(self) -> None:
        self._de_qui: dict[str, tuple[int, int]] = {}

    def ajouter(self, motif: str, nom: Nom) -> None:
        qui = (nom.rang, nom.terme)
        self._de_qui[motif] = min(qui, self._de_qui.get(motif, qui))

    def construire(self) -> None:
        self._qui = list(self._de_qui.values())
        self._automate = AhoCorasick(list(self._de_qui), implementation=Implementation.ContiguousNFA)

    def trouver(self, texte: str, frontieres: Frontieres) -> list[_Possible]:
        """Return where the spellings stand, but those that are only a part of a word.

        Most are: names are found inside other words more often than not, so that the letters beside them are looked at
        here.
        """
        qui, lu = self._qui, frontieres.lu
        trouves = self._automate.find_matches_as_indexes(texte, overlapping=True)
        if frontieres.prefixes:
            return [
                (premier, -fin, debut, *qui[motif])
                for motif, debut, fin in trouves
                if not lu[fin : fin + 1].isalpha() and (premier := frontieres.sans_prefixe(debut)) is not None
            ]
        return [
            (debut, -fin, debut, *qui[motif])
            for motif, debut, fin in trouves
            if not (lu[fin : fin + 1].isalpha() or lu[debut - 1 : debut].isalpha())
        ]


def _motifs(cle: str, langue: str) -> Iterator[str]:
    """Return the spellings to look for of one name."""
    if SEPARATEUR in cle or not any(map(est_mot, cle)):
        return
    yield cle
    if langue == "ar":
        # The article may stand before any name (`Frontieres`): a name written with it is met without it, and the
        # adjective agrees with the noun.
        mots = cle.split(" ")
        definis = [mot.startswith(_ARTICLE_ARABE) and len(mot) > len(_ARTICLE_ARABE) + 1 for mot in mots]
        if definis[0]:
            suite = definis.index(False) if False in definis else len(mots)
            yield " ".join([mot.removeprefix(_ARTICLE_ARABE) for mot in mots[:suite]] + mots[suite:])
            yield " ".join([mots[0].removeprefix(_ARTICLE_ARABE), *mots[1:]])
        elif len(mots) > 1 and not any(definis):
            yield " ".join([mots[0], *(f"{_ARTICLE_ARABE}{mot}" for mot in mots[1:])])


def _sigles(texte: str) -> Iterator[str]:
    """Return the ways to write an acronym: "RU", "RUs", "R.U.", "R.U", with its accents or without."""
    texte = unicodedata.normalize("NFC", texte).strip()
    for ecrit in {texte, sans_accents(texte)}:
        yield ecrit
        if ecrit.isalpha() and ecrit.isupper() and 2 <= len(ecrit) <= _SIGLE_LE_PLUS_LONG:
            if ecrit[-1] not in "SXZ":
                yield f"{ecrit}s"
            pointe = ".".join(ecrit)
            yield pointe
            yield f"{pointe}."
