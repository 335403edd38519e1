"""Rules 8, 9, 13 and 15: what has to be deciphered before it is read."""

import re
from collections.abc import Iterator

from variantes.falc.lexique import COURANT, chercher
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
from variantes.falc.regles.nombres import est_romain
from variantes.falc.sigles import dit_en_entier, en_capitales
from variantes.falc.texte import Jeton, Nature, ensemble, jetons

_TOUS = LIGNES_LUES | {Genre.IMAGE_ALT}


def toute_en_capitales(line: LigneLue) -> bool:
    """Tell whether a line shouts: several words, none in small letters."""
    if not line.propre.isupper():
        return False
    words = [token.texte for token in line.jetons if token.est_mot]
    return len(words) > 1 and max(map(len, words)) > 4


# Everybody reads them as words; they are only pointed at.
_CONNUS = ensemble("CV QR COVID XL XXL SMS PDF TV CD DVD WC RER USB GPS")
_MOTS = ensemble("OK CEDEX NB PS SVP RSVP RDV")
# Short words that are shouted; others of three letters are acronyms.
_COURTS = ensemble("NON OUI SUD ICI LES DES UNE QUI QUE PAS AUX VOS NOS EAU JOUR SOIR BUS WEB")
# Full stops between the letters of what is an abbreviation, not an acronym.
_ABREGES = ensemble("N.B. P.S. S.V.P. R.S.V.P.")
_SIGLES_QUI_SONT_DES_MOTS = ensemble(
    "PASS CASE ACTE SIDA AIDES CARE CRIC PLIE PACE LIRE MAIA ARTS DEUG DALO PAGE POLE CESU RAMA CLIC MOOC"
)
_DEUX_CAPITALES = re.compile(r"[A-ZÀ-Þ][.-]?[A-ZÀ-Þ]")
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
    if not _DEUX_CAPITALES.search(line.propre) or toute_en_capitales(line):
        return
    for token in line.jetons:
        word = token.texte.rstrip("'")
        if token.est_mot and _est_un_sigle(word) and not _connu(word, context) and not _nom(line, token):
            level = Niveau.INFO if word.rstrip("s") in _CONNUS else None
            yield Trouvaille(token.debut, token.debut + len(word), niveau=level)
    for match in _POINTE.finditer(line.propre):
        if match[0] not in _ABREGES and not _connu(match[0].replace(".", ""), context):
            yield Trouvaille(match.start(), match.end())


_AVANT_UN_NOM = re.compile(
    r"(?:(?<!\w)(?:M|Mr|Dr|Pr|Me)\.? |(?<!\w)(?:Mme|Mlle|Monsieur|Madame|Docteur|Maître) )(?:[A-ZÀ-Þ][^\W\d_]{1,20} )?$"
    r"|[^\W\d_][ ,] ?[A-ZÀ-Þ](?:[^\W\d_A-ZÀ-Þ]|-){1,20} $"
)


def _nom(line: LigneLue, token: Jeton) -> bool:
    """Tell whether capitals are a family name: "M. DUPONT", "appelez Jeanne DUPONT"."""
    before = line.propre[max(0, token.debut - 48) : token.debut]
    match = _AVANT_UN_NOM.search(before)
    return match is not None and (len(token.texte) > 4 or before[match.start()] == "M")


def _connu(word: str, context: Contexte) -> bool:
    return word.removesuffix("s") in context.sigles or context.explique(word)


def _est_un_sigle(word: str) -> bool:
    core = word.removesuffix("s")
    return en_capitales(core) and word not in _MOTS and not est_romain(core) and not mot_en_capitales(word)


def mot_en_capitales(word: str) -> bool:
    """Tell whether capitals only shout a word that everybody knows: "ATTENTION", not "CAF"."""
    if word in _COURTS:
        return True
    if len(word) < 4 or not word.isupper() or word in _SIGLES_QUI_SONT_DES_MOTS:
        return False
    entry = chercher(word.lower())
    return entry.rang >= COURANT and bool(entry.natures)


_ABREVIATIONS = {
    "etc": "Écrivez : par exemple, et donnez deux exemples.",
    "p. ex": "Écrivez : par exemple",
    "par ex": "Écrivez : par exemple",
    "ex": "Écrivez : par exemple",
    "cf": "Écrivez : regardez",
    "càd": "Écrivez : c’est-à-dire",
    "svp": "Écrivez : s’il vous plaît",
    "ps": "Écrivez : attention",
    "rsvp": "Écrivez : répondez",
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
    r"(?<![\w.'-])(?:(etc|svp|càd|rdv|dépt|dept|appt)\b\.?|(p\. ?ex|par ex|ex|cf|tél|env|max|réf|resp|bd)\.(?!\w)"
    r"|(c\.?-?à\.?-?d)\b\.?|(cf|NB|PS|RSVP)\b|(N\.B|P\.S|S\.V\.P|R\.S\.V\.P)\.|(ex)(?= ?:))",
    re.IGNORECASE,
)
_SIGNE = re.compile(r"[&§#<>\\|~^=≥≤±×÷*{}_→⇒↔©®™†‡¶]|(?<![\d+])\+(?!33)|/|\.\.\.|…")


def _cle(written: str) -> str:
    """Return the name of an abbreviation in the list above."""
    if written in ("p.ex", "p. ex"):
        return "p. ex"
    letters = written.replace(".", "").replace("-", "")
    return "càd" if letters in ("cad", "càd") else letters


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
    mots=ensemble("etc svp càd rdv dépt dept appt n b p s v rsvp ps ex cf tél env max réf resp bd c cad nb"),
)
def abreviation(line: LigneLue, context: Contexte) -> Iterator[Trouvaille]:
    for match in _ABREGE.finditer(line.propre):
        key = _cle(next(filter(None, match.groups())).lower())
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
    signes=(*"&§#<>\\|~^=≥≤±×÷*{}_→⇒↔©®™†‡¶+/…", "..."),
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
    elif _DEUX_CAPITALES.search(line.propre):
        for token in line.jetons:
            if not token.est_mot:
                continue
            if mot_en_capitales(token.texte):
                yield Trouvaille(token.debut, token.fin, exemple=f"Écrivez : {token.bas}")
            elif _est_un_sigle(token.texte) and _nom(line, token):
                example = f"Écrivez : {token.bas.title()}"
                yield Trouvaille(token.debut, token.fin, exemple=example, niveau=Niveau.ATTENTION)
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
    signes=tuple("([*¹²³⁴⁵⁶⁷⁸⁹"),
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
        if (rank or len(match[1].split()) > 3) and not dit_en_entier(match[1], jetons(match[1]), context.sigles):
            yield Trouvaille(match.start(), match.end())
