"""Proposals to an editor: where to go to the next line, how to cut a long sentence.

They are places where a reader breathes; the person who writes decides.
"""

import re
from itertools import pairwise

from variantes.falc.enumerations import verbe
from variantes.falc.phrases import decouper
from variantes.falc.texte import Jeton, Nature, Texte, ensemble

LARGEUR = 60
MOTS = 12

# Before these words one may breathe; the first are better places.
_AVANT = {
    **dict.fromkeys(ensemble("mais donc car parce lorsque quand si puis sinon alors"), 3),
    **dict.fromkeys(ensemble("et ou qui que qu' où dont pour afin"), 4),
    **dict.fromkeys(
        [
            "avec",
            "sans",
            "dans",
            "chez",
            "pendant",
            "avant",
            "après",
            "depuis",
            "jusqu'",
            "jusqu'à",
            "vers",
            "entre",
            "contre",
            "par",
            "sur",
        ],
        5,
    ),
    **dict.fromkeys(ensemble("à au aux en comme"), 8),
    **dict.fromkeys(ensemble("de du des d'"), 9),
}
# Words that cling to the next one.
_COLLES = ensemble(
    "le la les l' un une des de du d' au aux à ce cet cette ces mon ma mes ton ta tes son sa ses notre nos votre "
    "vos leur leurs je j' tu il elle on nous vous ils elles me m' te t' se s' ne n' que qu' qui si très plus "
    "moins trop en y est sont chaque quel quelle quels quelles c' tout toute tous toutes par pour dans avec sans "
    "chez sur sous et ou mais m mm mme dr jusqu' parce"
)
# A new clause begins after these words when one of its subjects follows.
_LIAISONS = ensemble("et mais donc puis alors ensuite")
_GARDEES = {"mais": "Mais ", "donc": "Donc ", "puis": "Puis ", "alors": "Alors ", "ensuite": "Ensuite "}
_SUJETS = ensemble("je j' tu il elle on nous vous ils elles ce c' cela ça")


def proposer_retours(texte: str, largeur: int = LARGEUR) -> list[str]:
    """Return the text of one line in lines of at most `largeur` characters, broken where a reader breathes.

    A run of characters without any space stays whole, however long.
    """
    text = " ".join(texte.split())
    if len(text) <= largeur:
        return [text] if text else []
    # Breaking is asked of a sentence; what is longer than any sentence is only cut between words.
    costs = _prices(text)
    places = [0, *sorted(costs), len(text) + 1]
    best: list[tuple[float, int]] = [(0.0, 0)]
    for rank in range(1, len(places)):
        price, last = costs.get(places[rank], 0), rank == len(places) - 1
        options = []
        for previous in range(rank - 1, -1, -1):
            # A space goes away at each break.
            length = places[rank] - places[previous] - 1
            if length > largeur and previous < rank - 1:
                break
            ragged = 0 if last else ((largeur - length) / largeur) ** 2 * 6
            short = 6 if length < largeur / 4 else 0
            options.append((best[previous][0] + price + ragged + short + 4, previous))
        best.append(min(options))
    rank = len(places) - 1
    lines = []
    while rank:
        previous = best[rank][1]
        lines.append(text[places[previous] : places[rank]].strip())
        rank = previous
    return lines[::-1]


def _prices(text: str) -> dict[int, float]:
    """Return what it costs to go to the next line at each place where one may."""
    regular = Texte(text)
    tokens = regular.jetons
    found: dict[int, float] = {}
    for left, right in pairwise(tokens):
        start = regular.etendue(right.debut, right.fin)[0]
        if start and text[start - 1].isspace() and (price := _price(left, right)) is not None:
            found[start] = price
    return found


def _price(left: Jeton, right: Jeton) -> float | None:
    """Return what a break between two tokens costs, nothing where there may be none."""
    if right.nature is Nature.SIGNE and right.texte not in "«“(–—":
        return None
    if left.texte in "«“(":
        return None
    if left.texte in (";", ":", "!", "?", ".", "…"):
        return 0.5
    if left.texte == ",":
        return 1
    if Nature.NOMBRE in (left.nature, right.nature):
        return 30
    if left.bas in _COLLES:
        return 25
    return _AVANT.get(right.bas, 12)


def proposer_coupes(texte: str) -> list[str]:
    """Return the text as short sentences, one per item: cut between sentences, then between clauses that stand alone.

    What cannot be cut safely stays as it was written: cutting must not change what is said.
    """
    found: list[str] = []
    for sentence in decouper(texte):
        found += _couper(" ".join(sentence.split()))
    return found


def _couper(sentence: str) -> list[str]:
    regular = Texte(sentence)
    tokens = regular.jetons
    if sum(token.nature is not Nature.SIGNE for token in tokens) <= MOTS:
        return [sentence]
    cuts = _places(tokens)
    if not cuts:
        return [sentence]
    end = "." if sentence[-1].isalnum() or sentence[-1] == "." else ""
    pieces = []
    start = 0
    prefix = ""
    for stop, resume, following in cuts:
        left = sentence[slice(*regular.etendue(start, stop))].strip(" ,;")
        pieces.append(_phrase(prefix + left, "."))
        start, prefix = resume, following
    pieces.append(_phrase(prefix + sentence[regular.etendue(start, start)[0] :].strip(), end))
    return pieces


def _places(tokens: list[Jeton]) -> list[tuple[int, int, str]]:
    """Return where a sentence may be cut: where the left part stops, the right one resumes, and with which word."""
    found = []
    depth = 0
    last = 0
    for rank, token in enumerate(tokens[:-3]):
        depth += (token.texte in "(«[“") - (token.texte in ")»]”")
        if depth or rank - last < 3:
            continue
        following = tokens[rank + 1]
        if token.texte == ";":
            found.append((token.debut, token.fin, ""))
        elif token.bas in _LIAISONS and following.bas in _SUJETS and _tient_seule(tokens[last:rank]):
            found.append((token.debut, token.fin + 1, _GARDEES.get(token.bas, "")))
        else:
            continue
        last = rank
    return found


_SUBORDONNANTS = ensemble("que qu' si s' quand lorsque lorsqu' puisque comme parce afin où dont qui")


def _tient_seule(tokens: list[Jeton]) -> bool:
    """Tell whether what precedes is a sentence: it has a verb, and no clause that goes on ("si vous venez et…")."""
    return any(map(verbe, tokens)) and not any(token.bas in _SUBORDONNANTS for token in tokens)


_MAJUSCULE = re.compile(r"[^\W\d_]")


def _phrase(text: str, end: str) -> str:
    """Return a sentence with its capital and its stop."""
    text = text.strip()
    first = _MAJUSCULE.search(text)
    if first and not any(character.isdigit() for character in text[: first.start()]):
        text = text[: first.start()] + text[first.start()].upper() + text[first.start() + 1 :]
    return text if text.endswith((".", "!", "?", "…", ":")) else text + end
