"""The regular plural of one word, and the words that never agree, language by language."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from glossaire.liaison.ensembles import ensemble

_X_FR = ensemble("bijou caillou chou genou hibou joujou pou")
_S_FR = ensemble(
    "aval bal banal bancal cal carnaval chacal festival final glacial natal naval récital régal bleu pneu landau sarrau"
)
_AUX_FR = ensemble("bail corail émail soupirail travail vantail vitrail")


def _fr(mot: str) -> str:
    if mot.endswith(("s", "x", "z")):
        return mot
    if mot in _S_FR:
        return f"{mot}s"
    if mot.endswith("al"):
        return f"{mot[:-2]}aux"
    if mot in _AUX_FR:
        return f"{mot[:-3]}aux"
    if mot.endswith(("au", "eu")) or mot in _X_FR:
        return f"{mot}x"
    return f"{mot}s"


_IRREGULIERS_EN = {
    "child": "children", "foot": "feet", "life": "lives", "man": "men", "person": "people", "self": "selves",
    "woman": "women", "yourself": "yourselves",
}  # fmt: skip


def _en(mot: str) -> str:
    if mot in _IRREGULIERS_EN:
        return _IRREGULIERS_EN[mot]
    if mot.endswith(("woman", "man")) and not mot.endswith("human"):
        return f"{mot[:-2]}en"
    if mot.endswith("sis"):
        return f"{mot[:-2]}es"
    if mot.endswith(("ss", "us", "x", "z", "ch", "sh")):
        return f"{mot}es"
    if mot.endswith("s"):
        return mot
    if mot.endswith("y") and not mot.endswith(("ay", "ey", "oy", "uy")):
        return f"{mot[:-1]}ies"
    return f"{mot}s"


_SANS_ACCENT = str.maketrans("áéíóú", "aeiou")


def _es(mot: str) -> str:
    if mot.endswith("z"):
        return f"{mot[:-1]}ces"
    if mot.endswith(("s", "x")):
        # "interés" has its stress on the end, "crisis" has not.
        return f"{mot[:-2]}{mot[-2:].translate(_SANS_ACCENT)}es" if mot[-2:-1] in "áéíóú" else mot
    if mot.endswith(("a", "e", "i", "o", "u", "á", "é", "ó")):
        return f"{mot}s"
    if mot.endswith("n"):
        return f"{mot[:-2]}{mot[-2:].translate(_SANS_ACCENT)}es"
    return f"{mot}es"


_AOS_PT = ensemble("cidadão cristão grão irmão mão órfão órgão")
_AES_PT = ensemble("alemão capelão capitão cão escrivão guardião pão tabelião")


def _pt(mot: str) -> str:
    if mot.endswith("ão"):
        fin = "ãos" if mot in _AOS_PT else "ães" if mot in _AES_PT else "ões"
        return f"{mot[:-2]}{fin}"
    if mot.endswith("m"):
        return f"{mot[:-1]}ns"
    if mot.endswith("ês"):
        return f"{mot[:-2]}eses"
    if mot.endswith(("r", "z")):
        return f"{mot}es"
    if mot.endswith(("al", "el", "ol", "ul")):
        return f"{mot[:-2]}{mot[-2].replace('e', 'é').replace('o', 'ó')}is"
    if mot.endswith("il"):
        # "fácil" has its stress on the first syllable, "civil" on the last.
        return f"{mot[:-2]}{'e' if re.search('[áéíóúâêô]', mot) else ''}is"
    return mot if mot.endswith(("s", "x")) else f"{mot}s"


@dataclass(frozen=True)
class Accord:
    """How words agree in one language."""

    pluriel: Callable[[str], str]
    petits: frozenset[str]
    """Words that never agree, and that part a name in groups: "maison | de | santé"."""
    singuliers: frozenset[str] = field(default_factory=frozenset)
    """Those of them that no plural follows: "du patient"."""
    elisions: frozenset[str] = field(default_factory=frozenset)
    tete_a_la_fin: bool = False
    """Whether only the last word of a group agrees."""


ACCORDS = {
    "fr": Accord(
        _fr,
        ensemble(
            "de du des à a au aux en la le les un une et ou par pour sur sous dans avec sans chez entre vers contre "
            "que qui se ne pas non bien d l qu s n"
        ),
        singuliers=ensemble("du au la le l un une"),
        elisions=ensemble("d l qu s n"),
    ),
    "en": Accord(
        _en,
        ensemble("of the a an and or in for to with without by on at from as between into"),
        singuliers=ensemble("a an"),
        tete_a_la_fin=True,
    ),
    "es": Accord(
        _es,
        ensemble("de del la el los las lo un una en y e o u con por para a al sin sobre entre hacia que se no"),
        singuliers=ensemble("del la el lo un una al"),
    ),
    "pt": Accord(
        _pt,
        ensemble(
            "de do da dos das em no na nos nas o a os as um uma e ou com por pelo pela para ao à aos às sem sobre "
            "entre que se não"
        ),
        singuliers=ensemble("do da no na o a um uma pelo pela ao à"),
    ),
}
