"""Rules 10, 11, 12 and 22: numbers, dates, hours and phone numbers that are read at once."""

import datetime
import re
from collections.abc import Iterator

from variantes.falc.modele import Niveau, Regle
from variantes.falc.registre import EUROPE, PRATIQUE, Contexte, LigneLue, Trouvaille, regle_de_ligne
from variantes.falc.texte import ensemble

MOIS = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
    "décembre",
)  # fmt: skip
JOURS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")

_VALEURS = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
_ROMAIN = re.compile(r"M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_CANDIDAT = re.compile(r"(?<![\w'’.-])([IVXLCDM]{1,15})(er|ère|re|ème|ième|e|è)?s?(?![\w-])(?![.]\s?\w[.])")
_SIECLE = re.compile(r"(?<![\w'-])([ivxl]{1,8})(?:e|ème|ième)\s+(?:siècle|arrondissement)", re.IGNORECASE)
# One letter is a number only after these.
_AVANT_I = re.compile(
    r"\b(?:chapitre|titre|partie|tome|livre|acte|scène|annexe|article|section|volume|phase|niveau|type|stade|étape|louis|"
    r"charles|henri|françois|napoléon|pie|jean-paul|benoît|élisabeth|elizabeth|philippe|guillaume|george|georges|édouard|"
    r"jacques|alphonse|léon|richard|catégorie|degré|grade|classe)s?\s$",
    re.IGNORECASE,
)
_AUTRES_SENS = ensemble("CD CV DM DIX MIL CM MM CC DC CI MI DI LI MC MD XL XXL XXX LC LD LM DVD CIC VI LIDL MIX") - {
    "VI"
}


def valeur_romaine(text: str) -> int:
    """Return the number written in Roman figures, 0 when it is none."""
    if not text or not _ROMAIN.fullmatch(text):
        return 0
    total = 0
    for letter, following in zip(text, [*text[1:], ""], strict=True):
        value = _VALEURS[letter]
        total += -value if following and _VALEURS[following] > value else value
    return total


@regle_de_ligne(
    Regle(
        nom="chiffres-romains",
        numero=10,
        titre="Chiffres romains",
        niveau=Niveau.ERREUR,
        pourquoi="Beaucoup de personnes ne savent pas lire les chiffres romains.",
        exemple="19e siècle",
        source=EUROPE,
    )
)
def chiffres_romains(line: LigneLue, context: Contexte) -> Iterator[Trouvaille]:
    text = line.propre
    for match in _CANDIDAT.finditer(text):
        letters, suffix = match[1], match[2] or ""
        value = valeur_romaine(letters)
        if value and _se_lit_comme_un_nombre(letters, suffix, text, match.start()):
            written = f"{value}{'er' if suffix in ('er', 'ère', 're') else 'e' if suffix else ''}"
            yield Trouvaille(match.start(), match.end(), exemple=f"Écrivez : {written}")
    for match in _SIECLE.finditer(text):
        if match[1].islower() and (value := valeur_romaine(match[1].upper())):
            yield Trouvaille(match.start(), match.end(), exemple=f"Écrivez : {value}e siècle")


def _se_lit_comme_un_nombre(letters: str, suffix: str, text: str, start: int) -> bool:
    small = set(letters) <= set("IVX")
    if suffix:
        # "Ce", "De", "Mer", "Le" are words.
        return (small and letters + suffix not in ("Ie",)) or len(letters) > 2
    if letters in _AUTRES_SENS:
        return False
    if len(letters) == 1:
        return small and bool(_AVANT_I.search(text[max(0, start - 24) : start]))
    return small or len(letters) > 3


_GRAND = re.compile(r"(?<![\d,.+-])(?<!\d )(?:[1-9]\d{0,2}(?:[ .]\d{3})+|[1-9]\d{4,})(?:,\d+)?(?![\d.-]*\d)(?! \d)")
_POUR_CENT = re.compile(r"(?:(\d+(?:,\d+)?)\s*)?(?:[%‰]|\bpour[ -]?cents?\b|\bpourcents?\b)", re.IGNORECASE)
_MILLIONS = re.compile(r"\b(?:millions?|milliards?)\b", re.IGNORECASE)
# A number that only identifies is not a quantity.
_IDENTIFIE = re.compile(
    r"(?:n°s?|numéros?|dossier|code|postal|siret|siren|finess|rpps|référence|réf\.?|bp|cs|cedex|identifiant|le|au|au :|tél\.?)"
    r"\s?:?\s?$",
    re.IGNORECASE,
)
_VILLE = re.compile(r"\s(?:[A-ZÀ-Ý][\w'-]{1,}|L'|Le |La |Les )")
_PARTS = {50: "1 personne sur 2", 25: "1 personne sur 4", 75: "3 personnes sur 4", 20: "1 personne sur 5",
          10: "1 personne sur 10", 33: "1 personne sur 3", 66: "2 personnes sur 3", 67: "2 personnes sur 3",
          100: "toutes les personnes", 5: "1 personne sur 20", 1: "1 personne sur 100", 2: "1 personne sur 50",
          4: "1 personne sur 25"}  # fmt: skip


def _part(percent: str | None) -> str:
    if not percent:
        return ""
    value = float(percent.replace(",", "."))
    if value in _PARTS:
        return f"Écrivez : {_PARTS[int(value)]}"
    tenths = round(value / 10)
    if 0 < tenths < 10:
        return f"Écrivez par exemple : environ {tenths} personne{'s' if tenths > 1 else ''} sur 10"
    return ""


@regle_de_ligne(
    Regle(
        nom="grand-nombre",
        numero=12,
        titre="Pourcentage ou grand nombre",
        niveau=Niveau.ATTENTION,
        pourquoi="Les pourcentages et les grands nombres sont difficiles à imaginer.",
        exemple="Écrivez par exemple : 1 personne sur 4, beaucoup de personnes.",
        source=EUROPE,
    )
)
def grand_nombre(line: LigneLue, context: Contexte) -> Iterator[Trouvaille]:
    text = line.propre
    for match in _POUR_CENT.finditer(text):
        yield Trouvaille(match.start(), match.end(), exemple=_part(match[1]))
    for match in _MILLIONS.finditer(text):
        yield Trouvaille(match.start(), match.end())
    for match in _GRAND.finditer(text):
        if not _est_un_code(text, match):
            yield Trouvaille(match.start(), match.end())


def _est_un_code(text: str, match: re.Match[str]) -> bool:
    digits = match[0]
    if len(digits) == 5 and digits.isdigit() and _VILLE.match(text, match.end()):
        return True
    before = text[max(0, match.start() - 14) : match.start()]
    if digits.isdigit() and _IDENTIFIE.search(before):
        return True
    return False


_DATE = re.compile(r"(?<![\d/.-])(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})(?![\d/-])")
_DATE_ISO = re.compile(r"(?<![\d/-])(\d{4})-(\d{2})-(\d{2})(?![\d-])")
_JOUR_MOIS = re.compile(r"\b(?:le|du|au|avant le|dès le)\s(\d{1,2})/(\d{1,2})(?![\d/])", re.IGNORECASE)
_MOIS_COURT = re.compile(
    r"(?<!\w)\d{1,2}\s(?:janv?|févr?|fev|avr|juil|sept?|oct|nov|déc|dec)\b\.?(?!\w)", re.IGNORECASE
)


def _en_toutes_lettres(day: str, month: str, year: str) -> str:
    try:
        date = datetime.date(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day))
    except ValueError:
        return ""
    number = "1er" if date.day == 1 else str(date.day)
    return f"Écrivez : {JOURS[date.weekday()]} {number} {MOIS[date.month - 1]} {date.year}"


@regle_de_ligne(
    Regle(
        nom="date",
        numero=22,
        titre="Date en chiffres ou abrégée",
        niveau=Niveau.ATTENTION,
        pourquoi="Une date se lit mieux avec le jour et le mois en lettres.",
        exemple="Écrivez : mardi 12 mai 2026",
        source=EUROPE,
    )
)
def date(line: LigneLue, context: Contexte) -> Iterator[Trouvaille]:
    text = line.propre
    for match in _DATE.finditer(text):
        if int(match[1]) <= 31 and int(match[3]) <= 12 and (match[2] != "." or len(match[4]) == 4):
            yield Trouvaille(match.start(), match.end(), exemple=_en_toutes_lettres(match[1], match[3], match[4]))
    for match in _DATE_ISO.finditer(text):
        yield Trouvaille(match.start(), match.end(), exemple=_en_toutes_lettres(match[3], match[2], match[1]))
    for match in _JOUR_MOIS.finditer(text):
        if 0 < int(match[1]) <= 31 and 0 < int(match[2]) <= 12:
            yield Trouvaille(match.start(1), match.end())
    for match in _MOIS_COURT.finditer(text):
        yield Trouvaille(match.start(), match.end())


_HEURE = re.compile(r"(?<![\w:/.-])([01]?\d|2[0-4])(?:\s?[hH](\d{2})|[hH]|:([0-5]\d)|[hH]\s(\d{2}))(?![\w:])")


@regle_de_ligne(
    Regle(
        nom="heure",
        numero=22,
        titre="Heure difficile à lire",
        niveau=Niveau.ATTENTION,
        pourquoi="Une heure se lit mieux avec des espaces.",
        exemple="Écrivez : 14 h 30",
        source=PRATIQUE,
    )
)
def heure(line: LigneLue, context: Contexte) -> Iterator[Trouvaille]:
    for match in _HEURE.finditer(line.propre):
        minutes = match[2] or match[3] or match[4] or ""
        yield Trouvaille(match.start(), match.end(), exemple=f"Écrivez : {int(match[1])} h {minutes}".rstrip())


_TELEPHONE = re.compile(
    r"(?<![\d,.])(?:\+33\s?(?:\(0\)\s?)?[1-9](?:[ .-]?\d{2}){4}|0[1-9](?:[.-]\d{2}){4}|0[1-9]\d{8}|0[1-9]\d{2}(?: \d{3}){2})"
    r"(?![\d]|[.,]\d)"
)


@regle_de_ligne(
    Regle(
        nom="telephone",
        numero=22,
        titre="Numéro de téléphone difficile à lire",
        niveau=Niveau.ATTENTION,
        pourquoi="Un numéro de téléphone se lit deux chiffres par deux chiffres.",
        exemple="Écrivez : 01 23 45 67 89",
        source=PRATIQUE,
    )
)
def telephone(line: LigneLue, context: Contexte) -> Iterator[Trouvaille]:
    for match in _TELEPHONE.finditer(line.propre):
        digits = re.sub(r"\D", "", match[0].replace("+33", "0").replace("(0)", ""))
        pairs = " ".join(re.findall(r"\d{2}", digits))
        yield Trouvaille(match.start(), match.end(), exemple=f"Écrivez : {pairs}")
