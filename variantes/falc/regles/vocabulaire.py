"""Rules 11, 16 and 17: words that are known, numbers in figures, one word for one thing."""

from collections.abc import Iterator

from variantes.falc.lexique import COURANT, TRES_RARE, chercher, rang
from variantes.falc.modele import Genre, Niveau, Regle, Synonymes
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
from variantes.falc.regles.signes import en_capitales, toute_en_capitales
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
)
def nombre_en_lettres(line: LigneLue, context: Contexte) -> Iterator[Trouvaille]:
    for sentence in line.phrases:
        words = [token for token in sentence.jetons if token.nature is not Nature.SIGNE]
        for rank, word in enumerate(words):
            number = valeur(word.bas) if word.est_mot else 0
            if number and _compte(words, rank):
                yield Trouvaille(word.debut, word.fin, exemple=f"« {word.texte} » devient « {number} ».")


def _compte(words: list[Jeton], rank: int) -> bool:
    """Tell whether a word counts things: not "les deux", "un vélo neuf", "pour cent" nor a name."""
    word = words[rank]
    previous = words[rank - 1].bas if rank else ""
    following = words[rank + 1] if rank + 1 < len(words) else None
    if (rank and word.texte[0].isupper()) or (word.bas.startswith("cent") and previous in ("pour", "du", "un")):
        return False
    if word.bas == "neuf":
        return following is not None and _au_pluriel(following)
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
        much = "très rare" if rank < TRES_RARE else "rare"
        times = f" Il est {count[word]} fois dans la page." if count[word] > 1 else ""
        reason = f"Le mot « {token.texte} » est {much} : beaucoup de personnes ne le connaissent pas.{times}"
        yield TrouvaillePage(line.numero, token.debut, token.fin, reason)


def _mots_lus(line: LigneLue) -> Iterator[Jeton]:
    """Return the words of a line that readers must know: neither names, acronyms nor elided words."""
    shouted = toute_en_capitales(line)
    starts = {sentence.mots[0].debut for sentence in line.phrases if sentence.mots}
    for token in line.jetons:
        if not token.est_mot or len(token.texte) < 3 or token.texte.endswith("'"):
            continue
        if token.texte[0].isupper() and not shouted:
            if token.debut not in starts or en_capitales(token.texte) or not chercher(token.bas).natures:
                continue
        yield token


def _rang(word: str) -> int:
    if word in FAMILIERS or word.removesuffix("s") in FAMILIERS or word.removesuffix("es") in FAMILIERS or valeur(word):
        return COURANT
    return rang(word)


# Words that the domain uses for one thing; the glossary adds its own.
SYNONYMES = (
    ("usager partenaire", "patient partenaire"),
    ("e-mail", "courriel", "mail", "mél", "courrier électronique"),
    ("médecin", "docteur"),
    ("site internet", "site web"),
    ("formulaire", "imprimé"),
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
    texts = [(line, _comparable(line)) for line in lines if line.genre in LIGNES_LUES and line.genre is not Genre.MOT]
    for group in groups:
        first: str | None = None
        for line, text in texts:
            for word in group:
                place = text.find(f" {word} ") if f" {word} " in text else text.find(f" {word}s ")
                if place < 0:
                    continue
                if first is None:
                    first = word
                elif word != first:
                    reason = f"Cette page dit « {first} » et « {word} » pour la même chose."
                    yield TrouvaillePage(
                        line.numero, place, place + len(word), reason, f"Écrivez partout « {group[0]} »."
                    )
                    first = word
                    break


def _comparable(line: LigneLue) -> str:
    """Return the words of a line between spaces, each where it was."""
    text = "".join(character if character.isalnum() or character in "-é" else " " for character in line.propre.lower())
    return f" {text} "
