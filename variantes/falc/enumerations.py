"""Tells a list written with commas from clauses and asides between commas."""

from variantes.falc.lexique import chercher
from variantes.falc.texte import Jeton, Nature, ensemble

MOTS_D_UN_ELEMENT = 9

_SUJETS = ensemble("je j' tu il elle on nous vous ils elles ce c' cela ça")
# What begins a clause or an aside, not one thing of a list.
_OUVRENT_UNE_PROPOSITION = ensemble(
    "ou mais car donc puis alors qui que qu' dont où si s' quand lorsque lorsqu' puisque comme afin ne n' se soit "
    "parce sauf notamment même"
)
_AUXILIAIRES = ensemble(
    "est sont a ont doit doivent peut peuvent va vont était étaient sera seront fait font faut vous nous il elle "
    "ils elles je on"
)
_NOMBRES = Nature.NOMBRE
_PREPOSITIONS = ensemble("à de d' en par pour sur avec chez dans sans du des au aux")
_TEMPS = ensemble(
    "lundi mardi mercredi jeudi vendredi samedi dimanche matin soir midi jour nuit semaine mois année hier demain "
    "aujourd'hui maintenant bonjour oui non merci attention exemple madame monsieur"
)


def virgules(tokens: list[Jeton]) -> list[Jeton]:
    """Return the commas of a sentence that are outside brackets and quotes."""
    found = []
    depth = 0
    for token in tokens:
        if token.texte in "([«“":
            depth += 1
        elif token.texte in ")]»”":
            depth = max(0, depth - 1)
        elif token.texte == "," and not depth:
            found.append(token)
    return found


def enumeration(tokens: list[Jeton]) -> list[Jeton]:
    """Return the commas of a sentence that separate three things or more; none when they separate something else."""
    commas = virgules(tokens)
    if not commas:
        return []
    parts = _parties(tokens, commas)
    if len(commas) == 1:
        return commas if _trois(parts[0], parts[1]) else []
    while len(parts) > 2:
        if all(map(_est_un_element, parts[1:-1])) and _finit_une_liste(parts[-1]) and _semblables(parts):
            return commas if not _apostrophe(parts) else []
        # What comes first may only set the scene: "Pour venir, apportez une photo, un stylo et une gomme".
        parts, commas = parts[1:], commas[1:]
    return commas if len(parts) == 2 and len(commas) == 1 and _trois(parts[0], parts[1]) else []


def _parties(tokens: list[Jeton], commas: list[Jeton]) -> list[list[Jeton]]:
    parts: list[list[Jeton]] = [[]]
    remaining = {id(comma) for comma in commas}
    for token in tokens:
        if id(token) in remaining:
            parts.append([])
        else:
            parts[-1].append(token)
    return [[token for token in part if token.nature is not Nature.SIGNE] for part in parts]


def _apostrophe(parts: list[list[Jeton]]) -> bool:
    """Tell "Bonjour, Madame, …" from a list."""
    return bool(parts[0]) and parts[0][0].bas in ("bonjour", "oui", "non", "merci")


def _semblables(parts: list[list[Jeton]]) -> bool:
    """Tell things of one kind from asides; from four things on, commas hardly separate anything else."""
    if len(parts) > 3 or parts[-1][0].bas == "etc":
        return True
    last = parts[-1]
    for word in ("et", "ou"):
        if last[0].bas == word:
            return True
        place = next((rank for rank, token in enumerate(last[:7]) if token.bas == word), 0)
        if place and _classe(last[place + 1 :]) == _classe(parts[1]):
            return True
    return _classe(parts[1]) == _classe(last)


def verbe(token: Jeton) -> bool:
    """Tell whether a token is rather a conjugated verb."""
    if token.bas in _AUXILIAIRES:
        return True
    if token.texte[0].isupper():
        # "Marie" is a name.
        return False
    entry = chercher(token.bas)
    return (token.est_mot and entry.premiere in ("V", "S", "K")) or (entry.premiere == "M" and entry.est("V"))


def _est_un_element(part: list[Jeton]) -> bool:
    """Tell whether what stands between two commas may be one thing of a list."""
    if not part or len(part) > MOTS_D_UN_ELEMENT or part[0].bas in _OUVRENT_UNE_PROPOSITION:
        return False
    if chercher(part[0].bas).premiere in ("Q", "G") or part[0].bas.endswith("ant"):
        # "accompagné des papiers", "dûment complété": an aside about what precedes.
        return False
    return not any(token.bas in _SUJETS or verbe(token) for token in part[:4])


def _finit_une_liste(part: list[Jeton]) -> bool:
    if not part:
        return False
    first = part[0].bas
    if first in ("et", "ou"):
        return len(part) > 1 and part[1].bas not in _SUJETS | _OUVRENT_UNE_PROPOSITION
    if first == "etc":
        return True
    return first not in _SUJETS | _OUVRENT_UNE_PROPOSITION and not verbe(part[0])


def _classe(part: list[Jeton]) -> str:
    """Return how a thing begins: with a determiner, a preposition, an infinitive."""
    if not part:
        return ""
    word = part[0]
    if word.bas in _PREPOSITIONS:
        return "de" if word.bas in ("de", "d'", "du", "des") else word.bas
    if word.nature is _NOMBRES:
        return "T"
    entry = chercher(word.bas)
    return "T" if entry.premiere == "T" or entry.natures[:2] == "RT" else "I" if entry.premiere == "I" else ""


def _trois(left: list[Jeton], right: list[Jeton]) -> bool:
    """Tell whether "… du pain, du lait et du sel" names three things: all begin alike."""
    place = next((rank for rank, token in enumerate(right) if token.bas in ("et", "ou")), 0)
    if not place or place > 6:
        return False
    second, third = right[:place], right[place + 1 :]
    kind = _classe(second)
    if not kind or kind != _classe(third) or not _est_un_element(second):
        return False
    if left and (left[0].bas in _OUVRENT_UNE_PROPOSITION or (kind == "T" and left[0].bas in _PREPOSITIONS)):
        return False
    if len(left) < 4 and any(token.bas in _TEMPS for token in left):
        return False
    return any(_classe(left[rank:]) == kind for rank in range(max(0, len(left) - 4), len(left) - (kind != "I")))
