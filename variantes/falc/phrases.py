"""Where the sentences of a French text begin and end."""

import re

from variantes.falc.modele import Etendue
from variantes.falc.texte import Texte, ensemble

# After these, a full stop does not end anything. Compared in small letters, without the stop.
ABREVIATIONS = ensemble(
    "adr apr appt art av bd boul bât cf chap circ cf coll cie dept dépt dir doc dr ed éd env etc ets ex exp fac fig hab "
    "ibid ing intern max md me mgr mlle mlles mm mme mmes mr min mn n nb no obs op p par pl pp pr prof prép p réf resp rdc "
    "rem réf s sec sect ste st suiv suppl sté t tel tél trad univ v vol vs zi"
)
# These may well end a sentence: a capital after them begins a new one.
_PEUVENT_FINIR = ensemble("etc env max min hab h mn ex ed éd coll dept dépt")
# They announce a name: "M. Martin", "Dr. Dupont".
_CIVILITES = ensemble("m mm mr mme mmes mlle mlles dr pr me mgr st ste prof")
# Words before the first letter of a name: "chez J. Exemple".
_AVANT_UN_NOM = ensemble(
    "à avec chez de par pour et ou sur contre vers sans selon entre que madame monsieur docteur professeur "
    "appelez contactez demandez voyez voir"
)

_FIN = re.compile(r"[.!?…]+")
_FERMETURES = re.compile(r"[ ]?[»”\"')\]]+")
_DERNIER_MOT = re.compile(r"(?:[^\W\d_]|-){1,24}$")
_AVANT_DERNIER = re.compile(r"([^\W_]{1,24})'?[ ]{1,3}$")
_NUMERO = re.compile(r"\s*(?:\d{1,3}|[a-zA-Z]|[IVX]{1,5})$")
_OUVERTURES = " «“\"'([-–—•"


def decouper(texte: str) -> list[str]:
    """Return the sentences of a French text, as they were written, without the spaces around."""
    return [texte[start:end] for start, end in etendues(texte)]


def etendues(texte: str) -> list[Etendue]:
    """Return where each sentence of a text begins and ends."""
    regular = Texte(texte)
    return [regular.etendue(start, end) for start, end in etendues_propres(regular.propre)]


def etendues_propres(text: str) -> list[Etendue]:
    """Return where each sentence of a regular text begins and ends."""
    found: list[Etendue] = []
    offset = 0
    for line in text.splitlines(keepends=True):
        start = 0
        for end in _fins(line):
            _keep(found, line, start, end, offset)
            start = end
        _keep(found, line, start, len(line), offset)
        offset += len(line)
    return found


def _keep(found: list[Etendue], line: str, start: int, end: int, offset: int) -> None:
    piece = line[start:end]
    stripped = piece.strip()
    # A bullet, a dash or a stop alone is no sentence.
    if any(character.isalnum() for character in stripped):
        begin = start + len(piece) - len(piece.lstrip())
        found.append((offset + begin, offset + begin + len(stripped)))


def _fins(line: str) -> list[int]:
    """Return where sentences end in a line, its last one excepted."""
    ends = []
    for match in _FIN.finditer(line):
        end = match.end()
        closing = _FERMETURES.match(line, end)
        if closing and (closing[0].strip() != '"' or line[end : end + 1] == '"'):
            end = closing.end()
        if end < len(line) and _finit(line, match.start(), match[0], end):
            ends.append(end)
    return ends


def _finit(line: str, start: int, sign: str, end: int) -> bool:
    following = _suivant(line, end)
    if not following:
        return False
    if line[end] != " ":
        return sign == "." and end == start + 1 and _collees(line, start, end)
    if following.islower():
        return False
    return sign != "." or not _abrege(line, start, following)


def _suivant(line: str, end: int) -> str:
    """Return the first letter or figure after a place, past quotes, dashes and spaces."""
    for character in line[end : end + 12]:
        if character.isalnum():
            return character
        if character not in _OUVERTURES:
            # Another sign: an emoji, a bullet; it does not begin a sentence by itself.
            continue
    return ""


def _collees(line: str, start: int, end: int) -> bool:
    """Tell whether a space was forgotten between two sentences: "gratuit.Appelez"."""
    before, after = line[max(0, start - 3) : start], line[end : end + 3]
    return (
        len(before) == len(after) == 3
        and before.isalpha()
        and before.islower()
        and after.isalpha()
        and after[0].isupper()
        and after[1:].islower()
    )


def _abrege(line: str, start: int, following: str) -> bool:
    """Tell whether a full stop belongs to an abbreviation, an initial or a number of a list."""
    before = line[:start] if start < 60 else line[start - 60 : start]
    if start < 60 and _NUMERO.fullmatch(before):
        return True
    if before.endswith((".-J", ".-C", "J.-C")):
        return not following.isupper()
    match = _DERNIER_MOT.search(before)
    if not match or (match.start() and before[match.start() - 1].isdigit()):
        return False
    word = match[0]
    low = word.lower()
    if len(word) == 1:
        return _initiale(word, before[: match.start()], following)
    if low in _CIVILITES:
        return True
    if low in _PEUVENT_FINIR or low not in ABREVIATIONS:
        return low in _PEUVENT_FINIR and following.isdigit()
    # "par.", "st.", "sec." at the end of a sentence are rare; a figure or a name follows an abbreviation.
    return low not in _MOTS_ENTIERS or following.isdigit()


# Abbreviations that are words too.
_MOTS_ENTIERS = ensemble("par art op sec fac exp dir pp s t v n av me ex fig chap") - ensemble("art av chap")


def _initiale(letter: str, before: str, following: str) -> bool:
    """Tell whether one letter and its stop shorten a name ("M. Martin", "J. Exemple"), not "vitamine C."."""
    if letter.islower():
        # "p. 12", "n. 3"; but "il y a." ends.
        return letter in "pnvt" and following.isdigit()
    if before.rstrip().endswith((".", ".-")):
        return True
    previous = _AVANT_DERNIER.search(before)
    if letter == "M":
        return following.isupper()
    if not previous:
        # At the beginning, or after a quote.
        return following.isupper()
    word = previous[1]
    return following.isupper() and (word.lower() in _AVANT_UN_NOM or (word[0].isupper() and before.strip() != word))
