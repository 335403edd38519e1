"""Rules 6 and 7: say what to do, to the person who reads."""

import re
from collections.abc import Iterator

from variantes.falc.lexique import chercher
from variantes.falc.modele import Niveau, Regle
from variantes.falc.registre import (
    EUROPE,
    LIGNES_DE_TEXTE,
    LIGNES_LUES,
    Contexte,
    LigneLue,
    Phrase,
    Trouvaille,
    TrouvaillePage,
    regle_de_ligne,
    regle_de_page,
)
from variantes.falc.texte import Jeton, Nature, ensemble

_NEGATIONS = ensemble("pas plus jamais aucun aucune rien personne ni guère nullement nulle nul")
_AVANT_NE = ensemble("aucun aucune rien personne jamais ni nul nulle")
_PORTEE = 8
_DETERMINANTS = ensemble(
    "un une le la les l' ce cette ces chaque votre vos son sa ses leur quelque premier deux trois de d' du des mon ma mes notre nos"
)
_SANS_NE = re.compile(
    r"^\W*(?:pas (?:de |d'|besoin|encore |toujours )|aucune? )"
    r"|\b(?:c'est|ce sera|c'était|faut|peut|peux|sait|sais|pouvez|savez|devez|ça va) (?:pas|jamais|plus rien)\b",
    re.IGNORECASE,
)


@regle_de_ligne(
    Regle(
        nom="negation",
        numero=6,
        titre="Phrase négative",
        niveau=Niveau.ATTENTION,
        pourquoi="Une phrase qui dit ce qu’il faut faire se comprend mieux qu’une phrase négative.",
        exemple="« N’arrivez pas en retard » devient « Arrivez à l’heure ».",
        source=EUROPE,
    ),
    LIGNES_LUES,
)
def negation(line: LigneLue, context: Contexte) -> Iterator[Trouvaille]:
    for sentence in line.phrases:
        found = list(_negations(sentence))
        yield from found
        if not found and (match := _SANS_NE.search(line.propre, sentence.debut, sentence.fin)):
            yield Trouvaille(match.start(), match.end())


def _negations(sentence: Phrase) -> Iterator[Trouvaille]:
    words = [token for token in sentence.jetons if token.nature is not Nature.SIGNE]
    for rank, word in enumerate(words):
        if word.bas not in ("ne", "n'"):
            continue
        for place in range(rank + 1, min(rank + _PORTEE, len(words))):
            if words[place].bas in _NEGATIONS and _nie(words, place):
                yield Trouvaille(word.debut, words[place].fin)
                break
        else:
            before = words[max(0, rank - 6) : rank]
            if first := next((token for token in before if token.bas in _AVANT_NE), None):
                if first.bas != "personne" or not _determine(words, words.index(first)):
                    yield Trouvaille(first.debut, word.fin)


def _nie(words: list[Jeton], place: int) -> bool:
    """Tell "ne … pas" from "ne … que deux pas", "ne … qu'une personne", "ne … de plus"."""
    word = words[place].bas
    previous = words[place - 1]
    if word in ("pas", "personne"):
        return not _determine(words, place)
    if word == "plus":
        return previous.bas not in ("de", "d'", "en", "le", "la", "les", "au", "du")
    return True


def _determine(words: list[Jeton], place: int) -> bool:
    if not place:
        return False
    previous = words[place - 1]
    return previous.bas in _DETERMINANTS or previous.nature is Nature.NOMBRE


_IMPERSONNELS = re.compile(
    r"\bil (?:convient|conviendra|faut que|faut qu'|faudra que|faudra qu'|y a lieu|y aura lieu|importe|incombe|appartient|s'agit|"
    r"est (?:nécessaire|indispensable|impératif|souhaitable|obligatoire|important|primordial|essentiel|recommandé|conseillé|demandé|"
    r"préférable|rappelé|précisé|possible|interdit|permis|prévu|proposé) (?:de |d'|que |qu'|à |aux |au ))",
    re.IGNORECASE,
)


@regle_de_ligne(
    Regle(
        nom="adresse-au-lecteur",
        numero=7,
        titre="Phrase qui ne parle pas au lecteur",
        niveau=Niveau.ATTENTION,
        pourquoi="« Vous » dit clairement que la phrase parle au lecteur.",
        exemple="« Il convient de remplir la feuille » devient « Vous devez remplir la feuille ».",
        source=EUROPE,
    ),
    LIGNES_LUES,
)
def adresse_au_lecteur(line: LigneLue, context: Contexte) -> Iterator[Trouvaille]:
    for token in line.jetons:
        if not token.est_mot:
            continue
        if token.bas == "on" or token.bas.endswith("-on"):
            yield Trouvaille(token.debut, token.fin, "« On » ne dit pas de qui l’on parle.")
        elif token.bas in ("tu", "toi") or token.bas.endswith("-tu"):
            yield Trouvaille(
                token.debut, token.fin, "Un adulte lit « vous », pas « tu ».", "« Tu peux » devient « Vous pouvez »."
            )
    for match in _IMPERSONNELS.finditer(line.propre):
        yield Trouvaille(match.start(), match.end())


_VOUS = ensemble("vous votre vos vôtre vôtres")
_LIGNES = 6


@regle_de_page(
    Regle(
        nom="sans-vous",
        numero=7,
        titre="La page ne dit jamais « vous »",
        niveau=Niveau.ATTENTION,
        pourquoi="« Vous » dit clairement que le texte parle au lecteur.",
        exemple="« Les personnes peuvent venir » devient « Vous pouvez venir ».",
        source=EUROPE,
    )
)
def sans_vous(lines: list[LigneLue], context: Contexte) -> Iterator[TrouvaillePage]:
    texts = [line for line in lines if line.genre in LIGNES_DE_TEXTE and line.phrases]
    if len(texts) < _LIGNES:
        return
    for line in texts:
        for token in line.jetons:
            if token.bas in _VOUS or token.bas.endswith("-vous") or _imperatif(token.bas):
                return
    yield TrouvaillePage(0)


def _imperatif(word: str) -> bool:
    return word.endswith("ez") and chercher(word).est("MV")
