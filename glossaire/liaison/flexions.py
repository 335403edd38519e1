"""The regular plurals of a name: of its head alone, and of all its words that may agree.

Too many are better than too few: a plural that nobody writes is never met. Irregular forms and feminines are written by
hand, term by term.
"""

import re
import unicodedata
from collections.abc import Iterator

from glossaire.liaison.ensembles import ensemble
from glossaire.liaison.pluriels import ACCORDS, Accord

_MOT = re.compile(r"[^\W\d_]+")
_TRAITS = frozenset("-\u2010\u2011")
_APOSTROPHES = frozenset("'’")
# Halves of compound words that never agree, with those in -o: "co-chercheur", "médico-social".
_DEMIS = ensemble(
    "après auto avant contre demi entre ex extra hors inter intra mi multi non pluri pré re semi sous vice"
)

_Place = tuple[int, int]
# The halves of a word, then the words of a group, then the groups: "maison | de | santé pluriprofessionnelle".
_Mot = list[_Place]
_Groupe = list[_Mot]


def formes_regulieres(texte: str, langue: str) -> frozenset[str]:
    """Return the regular plurals of a name, without the name itself; none for acronyms, none in Arabic."""
    accord = ACCORDS.get(langue.partition("-")[0].lower())
    texte = unicodedata.normalize("NFC", texte)
    if accord is None or texte.isupper():
        return frozenset()
    groupes = list(_groupes(texte, accord))
    formes = {
        _au_pluriel(texte, [place for mot in mots for place in moitie(mot)], accord)
        for mots in _mots_accordes(groupes, texte, accord)
        for moitie in (_toutes, _premiere, _derniere)
    }
    return frozenset(formes - {texte})


def _groupes(texte: str, accord: Accord) -> Iterator[_Groupe]:
    """Return the groups of words; each begins after a small word, or is empty between two of them."""
    groupe: _Groupe = []
    precedente = -1
    for trouve in _MOT.finditer(texte):
        debut, fin = trouve.span()
        if groupe and debut == precedente + 1 and texte[precedente] in _TRAITS:
            groupe[-1].append((debut, fin))
        elif _est_petit(texte, debut, fin, accord):
            yield groupe
            groupe = []
        else:
            groupe.append([(debut, fin)])
        precedente = fin
    yield groupe


def _est_petit(texte: str, debut: int, fin: int, accord: Accord) -> bool:
    mot = texte[debut:fin].lower()
    return mot in accord.petits or (mot in accord.elisions and texte[fin : fin + 1] in _APOSTROPHES)


def _mots_accordes(groupes: list[_Groupe], texte: str, accord: Accord) -> Iterator[list[_Mot]]:
    """Return the words that agree together, in each way that a plural may be made."""
    pleins = [groupe for groupe in groupes if groupe]
    if not pleins:
        return
    if accord.tete_a_la_fin:
        pleins = [groupe[-1:] for groupe in pleins]
    tete, *suite = pleins
    # "agents de liaison", "liens ville-hôpital".
    yield tete
    yield tete[:1]
    # "maisons de santé pluriprofessionnelles".
    yield tete + [mot for groupe in suite for mot in groupe[1:]]
    # "décisions et choix", "groupes de patients", but not "du patients".
    yield tete + [mot for groupe in suite if not _suit_un_singulier(groupe, texte, accord) for mot in groupe]


def _suit_un_singulier(groupe: _Groupe, texte: str, accord: Accord) -> bool:
    avant = _MOT.findall(texte[: groupe[0][0][0]])
    return bool(avant) and avant[-1].lower() in accord.singuliers


def _toutes(mot: _Mot) -> _Mot:
    return mot


def _premiere(mot: _Mot) -> _Mot:
    return mot[:1]


def _derniere(mot: _Mot) -> _Mot:
    return mot[-1:]


def _au_pluriel(texte: str, places: list[_Place], accord: Accord) -> str:
    morceaux: list[str] = []
    lu = 0
    for debut, fin in places:
        mot = texte[debut:fin]
        compose = texte[fin : fin + 1] in _TRAITS
        morceaux += texte[lu:debut], mot if compose and _est_un_demi(mot, accord) else _accorder(mot, accord)
        lu = fin
    return "".join([*morceaux, texte[lu:]])


def _est_un_demi(mot: str, accord: Accord) -> bool:
    return mot.lower() in _DEMIS or mot.lower() in accord.petits or mot.endswith("o")


def _accorder(mot: str, accord: Accord) -> str:
    """Return a word in the plural; what has capitals inside is the name of something."""
    bas = mot.lower()
    if mot == bas:
        return accord.pluriel(bas)
    return mot[0] + accord.pluriel(bas)[1:] if mot[1:] == bas[1:] and len(mot) > 1 else mot
