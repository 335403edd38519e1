"""Rules 11, 16 and 17: words that are known, numbers in figures, one word for one thing."""

import re
from collections.abc import Iterator
from functools import lru_cache

from variantes.falc.lexique import ASSEZ_RARE, COURANT, TRES_RARE, chercher, rang
from variantes.falc.modele import Genre, Niveau, Regle, Synonymes
from variantes.falc.phrases import ABREVIATIONS
from variantes.falc.quotidien import FAMILIERS
from variantes.falc.registre import (
    EUROPE,
    LIGNES_LUES,
    Contexte,
    LigneLue,
    Trouvaille,
    TrouvaillePage,
    regle_de_ligne,
    regle_de_page,
)
from variantes.falc.regles.nombres import MOIS
from variantes.falc.regles.signes import toute_en_capitales
from variantes.falc.sigles import en_capitales
from variantes.falc.texte import Jeton, Nature, ensemble

UNITES = {
    "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8, "neuf": 9, "dix": 10, "onze": 11,
    "douze": 12, "treize": 13, "quatorze": 14, "quinze": 15, "seize": 16, "vingt": 20, "vingts": 20, "trente": 30,
    "quarante": 40, "cinquante": 50, "soixante": 60, "cent": 100, "cents": 100, "mille": 1000,
}  # fmt: skip
_AVANT_PRONOM = ensemble("les tous toutes l' ces")
_LIENS = ensemble("à par en entre pour")


def valeur(word: str) -> int:
    """Return the number that a word spells ("trente-deux", "quatre-vingts"), 0 when it is none."""
    total = 0
    for part in word.split("-"):
        if part in ("et", "un", "une"):
            total += part != "et"
        elif part not in UNITES:
            return 0
        elif UNITES[part] in (20, 100) and 1 < total < 10:
            total *= UNITES[part]
        else:
            total += UNITES[part]
    return total if total > 1 else 0


@regle_de_ligne(
    Regle(
        nom="nombre-en-lettres",
        numero=11,
        titre="Nombre en lettres",
        niveau=Niveau.ATTENTION,
        pourquoi="Un nombre en chiffres se voit et se lit plus vite.",
        exemple="« trois jours » devient « 3 jours ».",
        source=EUROPE,
    ),
    LIGNES_LUES,
    mots=frozenset(UNITES),
)
def nombre_en_lettres(line: LigneLue, context: Contexte) -> Iterator[Trouvaille]:
    for sentence in line.phrases:
        words = [token for token in sentence.jetons if token.nature is not Nature.SIGNE]
        last = -1
        for rank, word in enumerate(words):
            if rank <= last or not word.est_mot or not valeur(word.bas) or not _compte(words, rank):
                continue
            last = _dernier(words, rank)
            number = _total([each.bas for each in words[rank : last + 1]])
            written = line.ecrit(word.debut, words[last].fin)
            yield Trouvaille(word.debut, words[last].fin, exemple=f"« {written} » devient « {number} ».")


def _dernier(words: list[Jeton], rank: int) -> int:
    """Return the rank of the last word of a number written in several: "vingt et un", "cinq cents"."""
    while rank + 1 < len(words):
        following = words[rank + 1].bas
        if valeur(following):
            rank += 1
        elif following == "et" and rank + 2 < len(words) and words[rank + 2].bas in ("un", "une", "onze"):
            rank += 2
        else:
            break
    return rank


def _total(words: list[str]) -> str:
    total = current = 0
    for word in words:
        value = 1 if word in ("un", "une") else 0 if word == "et" else valeur(word)
        if value >= 100 and value % 100 == 0 and current:
            current *= value
        elif value == 1000:
            current = 1000
        else:
            current += value
        if current >= 1000:
            total, current = total + current, 0
    return f"{total + current:,}".replace(",", " ")


def _compte(words: list[Jeton], rank: int) -> bool:
    """Tell whether a word counts things: not "les deux", "un vélo neuf", "pour cent" nor a name."""
    word = words[rank]
    if rank and words[rank - 1].nature is Nature.NOMBRE:
        # "12 sept."
        return False
    previous = words[rank - 1].bas if rank else ""
    following = words[rank + 1] if rank + 1 < len(words) else None
    if (rank and word.texte[0].isupper()) or (word.bas.startswith("cent") and previous in ("pour", "du", "un")):
        return False
    if word.bas == "neuf":
        return following is not None and (following.bas in MOIS or _au_pluriel(following))
    if word.bas == "deux" and (previous in _AVANT_PRONOM | _LIENS or following is None):
        return following is not None and _au_pluriel(following)
    return True


def _au_pluriel(word: Jeton) -> bool:
    return word.est_mot and word.bas.endswith(("s", "x")) and chercher(word.bas).premiere in ("N", "A", "Q", "")


@regle_de_page(
    Regle(
        nom="mot-rare",
        numero=16,
        titre="Mot difficile",
        niveau=Niveau.ATTENTION,
        pourquoi="Ce mot est rare : beaucoup de personnes ne le connaissent pas.",
        exemple="Choisissez un mot plus courant, ou expliquez ce mot dans le glossaire.",
        source=f"{EUROPE} ; fréquences : Lexique 3.83 et wordfreq",
    )
)
def mot_rare(lines: list[LigneLue], context: Contexte) -> Iterator[TrouvaillePage]:
    seen: dict[str, tuple[LigneLue, Jeton, int]] = {}
    count: dict[str, int] = {}
    for line in lines:
        if line.genre not in LIGNES_LUES or line.genre is Genre.MOT:
            continue
        for token in _mots_lus(line):
            rank = _rang(token.bas)
            if rank < COURANT and not context.explique(token.texte):
                seen.setdefault(token.bas, (line, token, rank))
                count[token.bas] = count.get(token.bas, 0) + 1
    for word, (line, token, rank) in seen.items():
        much = "très rare" if rank < TRES_RARE else "rare" if rank < ASSEZ_RARE else "assez rare"
        times = f" Il est {count[word]} fois dans la page." if count[word] > 1 else ""
        reason = f"Le mot « {token.texte} » est {much} : beaucoup de personnes ne le connaissent pas.{times}"
        level = Niveau.INFO if rank >= ASSEZ_RARE else None
        yield TrouvaillePage(line.numero, token.debut, token.fin, reason, niveau=level)


def _mots_lus(line: LigneLue) -> Iterator[Jeton]:
    """Return the words of a line that readers must know: neither names, acronyms nor elided words."""
    shouted = toute_en_capitales(line)
    starts = {sentence.mots[0].debut for sentence in line.phrases if sentence.mots}
    for token in line.jetons:
        if not token.est_mot or len(token.texte) < 3 or token.texte.endswith("'"):
            continue
        if token.texte[0].isupper() and not shouted and not _est_un_mot_du_debut(token, starts):
            continue
        if token.bas not in ABREVIATIONS and token.bas not in _NON_LUS:
            yield token


def _est_un_mot_du_debut(token: Jeton, starts: set[int]) -> bool:
    """Tell a word with the capital of its sentence from a name or an acronym."""
    return token.debut in starts and not en_capitales(token.texte) and bool(chercher(token.bas).natures)


_NON_LUS = ensemble("svp rdv càd")


def _rang(word: str) -> int:
    if word in FAMILIERS or word.removesuffix("s") in FAMILIERS or word.removesuffix("es") in FAMILIERS or valeur(word):
        return COURANT
    return rang(word)


# Words that the domain uses for one thing; the glossary adds its own.
SYNONYMES: tuple[tuple[str, ...], ...] = (
    ("usager partenaire", "patient partenaire"),
    ("e-mail", "courriel", "mail", "mél", "courrier électronique"),
    ("site internet", "site web"),
)


@regle_de_page(
    Regle(
        nom="synonymes",
        numero=17,
        titre="Deux mots pour la même chose",
        niveau=Niveau.ATTENTION,
        pourquoi="Le même mot pour la même chose, dans toute la page, évite de croire à deux choses différentes.",
        exemple="Gardez un seul mot, par exemple « e-mail », dans toute la page.",
        source=EUROPE,
    )
)
def synonymes(lines: list[LigneLue], context: Contexte) -> Iterator[TrouvaillePage]:
    groups = SYNONYMES
    if isinstance(context.mots_expliques, Synonymes):
        groups += context.mots_expliques.synonymes()
    reader, owners = _lecteur(groups)
    first: dict[int, str] = {}
    for line in lines:
        if line.genre not in LIGNES_LUES or line.genre is Genre.MOT:
            continue
        told: set[int] = set()
        for match in reader.finditer(_comparable(line.propre)):
            group, word = owners[_au_singulier(match[0])]
            if first.setdefault(group, word) == word or group in told:
                continue
            told.add(group)
            reason = f"Cette page dit « {first[group]} » et « {word} » pour la même chose."
            # The words stand between spaces, the first of which is before the line.
            place = match.start() - 1
            yield TrouvaillePage(
                line.numero, place, place + len(match[0]), reason, f"Écrivez partout « {groups[group][0]} »."
            )
            first[group] = word


_HORS_DES_MOTS = re.compile(r"[^\w-]")


def _comparable(text: str) -> str:
    """Return words between spaces, each where it was, one place further."""
    return f" {_HORS_DES_MOTS.sub(' ', text.lower())} "


def _au_singulier(text: str) -> str:
    return " ".join(word.rstrip("sx") for word in text.split())


@lru_cache(maxsize=8)
def _lecteur(groups: tuple[tuple[str, ...], ...]) -> tuple[re.Pattern[str], dict[str, tuple[int, str]]]:
    """Return what finds these words, the longest first, and of each its group and how it is written.

    The longest that begins somewhere is read alone: "centre de santé" is not said by "centre de santé mentale".
    """
    owners: dict[str, tuple[int, str]] = {}
    for rank, group in enumerate(groups):
        for word in group:
            if key := _au_singulier(_comparable(word)):
                owners.setdefault(key, (rank, word))
    longest = sorted(owners, key=len, reverse=True)
    words = "|".join(r"[sx]* +".join(map(re.escape, key.split())) + "[sx]*" for key in longest)
    return re.compile(rf"(?<= )(?:{words or '(?!)'})(?= )"), owners
