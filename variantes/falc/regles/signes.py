"""Rules 8, 9, 13 and 15: what has to be deciphered before it is read."""

import re
from collections.abc import Iterator

from variantes.falc.modele import Genre, Niveau, Regle
from variantes.falc.registre import (
    EUROPE,
    LIGNES_LUES,
    PRATIQUE,
    Contexte,
    LigneLue,
    Trouvaille,
    regle_de_ligne,
)
from variantes.falc.texte import Nature, ensemble

_TOUS = LIGNES_LUES | {Genre.IMAGE_ALT}


def en_capitales(text: str) -> bool:
    return text.isupper() and sum(character.isalpha() for character in text) > 1


def toute_en_capitales(line: LigneLue) -> bool:
    """Tell whether a line shouts: several words, none in small letters."""
    words = [token.texte for token in line.jetons if token.est_mot]
    long_words = [word for word in words if len(word) > 3]
    return line.propre.isupper() and len(words) > 1 and (bool(long_words) and max(map(len, words)) > 4)


# Everybody reads them as words; they are only pointed at.
_CONNUS = ensemble("SMS PDF TV CD DVD WC RER USB GPS")
_MOTS = ensemble("OK")
_POINTE = re.compile(r"(?<![\w.])(?:[A-ZÀ-Ý]\.){2,10}(?![\w])")


@regle_de_ligne(
    Regle(
        nom="sigle",
        numero=8,
        titre="Sigle",
        niveau=Niveau.ERREUR,
        pourquoi="Un sigle ne veut rien dire pour qui ne le connaît pas.",
        exemple="Écrivez les mots en entier, ou expliquez le sigle dans le glossaire.",
        source=EUROPE,
    ),
    _TOUS,
)
def sigle(line: LigneLue, context: Contexte) -> Iterator[Trouvaille]:
    if toute_en_capitales(line):
        return
    for token in line.jetons:
        word = token.texte.rstrip("'")
        if token.est_mot and _est_un_sigle(word) and not context.explique(word):
            level = Niveau.INFO if word.rstrip("s") in _CONNUS else None
            yield Trouvaille(token.debut, token.debut + len(word), niveau=level)
    for match in _POINTE.finditer(line.propre):
        if not context.explique(match[0].replace(".", "")):
            yield Trouvaille(match.start(), match.end())


def _est_un_sigle(word: str) -> bool:
    core = word.removesuffix("s")
    return en_capitales(core) and len(core) > 1 and word not in _MOTS


_ABREVIATIONS = {
    "etc": "Écrivez : par exemple, et donnez deux exemples.",
    "p. ex": "Écrivez : par exemple",
    "par ex": "Écrivez : par exemple",
    "ex": "Écrivez : par exemple",
    "cf": "Écrivez : regardez",
    "c.-à-d": "Écrivez : c’est-à-dire",
    "càd": "Écrivez : c’est-à-dire",
    "cad": "Écrivez : c’est-à-dire",
    "svp": "Écrivez : s’il vous plaît",
    "rdv": "Écrivez : rendez-vous",
    "tél": "Écrivez : téléphone",
    "nb": "Écrivez : important",
    "env": "Écrivez : environ",
    "max": "Écrivez : au maximum",
    "min": "Écrivez : au minimum",
    "réf": "Écrivez : référence",
    "resp": "Écrivez : responsable",
    "bd": "Écrivez : boulevard",
    "appt": "Écrivez : appartement",
    "dept": "Écrivez : département",
    "dépt": "Écrivez : département",
}
_ABREGE = re.compile(
    r"(?<![\w.'-])(?:(etc|svp|càd|rdv|dépt|dept|appt)\b\.?|(p\. ?ex|par ex|ex|cf|tél|env|max|réf|resp|bd)\.(?!\w)|(c\.?-?à\.?-?d)\b\.?"
    r"|(cf)\b|(NB)\b)",
    re.IGNORECASE,
)
_SIGNE = re.compile(r"[&§#<>\\|~^=≥≤±×÷*{}_→⇒↔©®™†‡¶]|(?<![\d+])\+(?!33)|/|\.\.\.|…")


@regle_de_ligne(
    Regle(
        nom="abreviation",
        numero=9,
        titre="Abréviation",
        niveau=Niveau.ERREUR,
        pourquoi="Un mot entier se lit mieux qu’une abréviation.",
        exemple="Écrivez le mot en entier.",
        source=EUROPE,
    ),
    _TOUS,
)
def abreviation(line: LigneLue, context: Contexte) -> Iterator[Trouvaille]:
    for match in _ABREGE.finditer(line.propre):
        key = next(filter(None, match.groups())).lower().replace("p.ex", "p. ex")
        if key not in _ABREVIATIONS and key.startswith("c"):
            key = "càd"
        yield Trouvaille(match.start(), match.end(), exemple=_ABREVIATIONS.get(key, ""))


@regle_de_ligne(
    Regle(
        nom="signe-special",
        numero=9,
        titre="Signe difficile à lire",
        niveau=Niveau.ERREUR,
        pourquoi="Ce signe ne se lit pas à voix haute. Un mot se lit mieux.",
        exemple="Remplacez le signe par un mot : « et », « ou », « par ».",
        source=EUROPE,
    ),
    _TOUS,
)
def signe_special(line: LigneLue, context: Contexte) -> Iterator[Trouvaille]:
    addresses = [token for token in line.jetons if token.nature is Nature.ADRESSE]
    for match in _SIGNE.finditer(line.propre):
        if any(token.debut <= match.start() < token.fin for token in addresses):
            continue
        if match[0] in ("…", "..."):
            yield Trouvaille(
                match.start(), match.end(), "Ces points laissent deviner la suite. Dites-la.", niveau=Niveau.ATTENTION
            )
        elif match[0] != "/" or not _date_ou_unite(line.propre, match.start()):
            yield Trouvaille(match.start(), match.end())


def _date_ou_unite(text: str, place: int) -> bool:
    """Tell whether a stroke belongs to a date, which has its own rule, or to a unit."""
    before, after = text[max(0, place - 3) : place], text[place + 1 : place + 4]
    if before.lower().endswith("km") and after.lower().startswith("h"):
        return True
    return bool(re.search(r"(?<!\d)\d{1,2}$", before) and re.match(r"\d{1,4}", after)) and bool(
        re.match(r"\d{1,2}/\d{2,4}", text[place + 1 : place + 8])
        or re.search(r"\d{1,2}/\d{1,2}$", text[max(0, place - 5) : place])
        or re.search(r"(?i)\b(?:le|du|au)\s\d{1,2}$", text[max(0, place - 6) : place])
    )


@regle_de_ligne(
    Regle(
        nom="capitales",
        numero=13,
        titre="Mots en capitales, en italique ou soulignés",
        niveau=Niveau.ERREUR,
        pourquoi="Les capitales, l’italique et le soulignement gênent la lecture.",
        exemple="Écrivez en minuscules. Pour un mot important, utilisez le gras.",
        source=EUROPE,
    ),
    LIGNES_LUES,
)
def capitales(line: LigneLue, context: Contexte) -> Iterator[Trouvaille]:
    if toute_en_capitales(line):
        yield Trouvaille(0, len(line.propre), "Cette ligne est toute en capitales.")
    for start, end in line.ligne.mises_en_forme:
        yield Trouvaille(*line.texte.place(start, end), "L’italique et le soulignement gênent la lecture.")


_PARENTHESES = re.compile(r"\(([^()]{0,400})\)")
_NOTE = re.compile(r"\[\d{1,3}\]|[¹²³⁴⁵⁶⁷⁸⁹](?!\w)|(?<=[^\W\d_])\s?\(\d{1,2}\)(?=[\s.,;:]|$)|(?<=[^\W\d_]{2})\*")
_CARRE = re.compile(r"\b[kcmd]?m[²³]")


@regle_de_ligne(
    Regle(
        nom="parentheses",
        numero=15,
        titre="Note ou parenthèses",
        niveau=Niveau.ATTENTION,
        pourquoi="Une note ou des parenthèses coupent la lecture.",
        exemple="Faites une phrase de plus pour le dire.",
        source=f"{EUROPE} (notes) ; {PRATIQUE} (parenthèses)",
    ),
    LIGNES_LUES,
)
def parentheses(line: LigneLue, context: Contexte) -> Iterator[Trouvaille]:
    text = line.propre
    for match in _NOTE.finditer(text):
        if not _CARRE.match(text, max(0, match.start() - 2), match.end()) and not _CARRE.match(
            text, max(0, match.start() - 1), match.end()
        ):
            yield Trouvaille(match.start(), match.end(), "Une note oblige à quitter la phrase puis à y revenir.")
    pairs = [match for match in _PARENTHESES.finditer(text) if not match[1].strip().isdigit()]
    for rank, match in enumerate(pairs):
        if rank or len(match[1].split()) > 3:
            yield Trouvaille(match.start(), match.end())
