"""Rule 19: one clause a sentence, in the present or the future."""

from collections.abc import Iterator

from variantes.falc.lexique import Entree, chercher, connu
from variantes.falc.modele import Niveau, Regle
from variantes.falc.registre import (
    LIGNES_LUES,
    PRATIQUE,
    Contexte,
    LigneLue,
    Phrase,
    Trouvaille,
    regle_de_ligne,
)
from variantes.falc.texte import Jeton, Nature, ensemble

_COMPARENT = ensemble(
    "plus moins aussi autant mieux meilleur meilleure meilleurs meilleures pire plutôt même mêmes autre autres davantage tel "
    "telle tels telles si tant"
)
_CONJONCTIONS = ensemble("lorsque lorsqu' puisque puisqu' quoique quoiqu'")
# "Parce que" is how one answers "pourquoi ?", "ainsi que" is "et".
_AVANT_QUE_PERMIS = ensemble("parce ainsi est-ce")
_LEQUEL = ensemble("lequel laquelle lesquels lesquelles auquel auxquels auxquelles duquel desquels desquelles")
_NEGATIONS = ensemble("pas plus jamais aucun aucune rien personne")
_OUVRENT = ensemble("à de avec pour chez par sur vers contre sans et mais en d'")


@regle_de_ligne(
    Regle(
        nom="subordonnee",
        numero=19,
        titre="Proposition subordonnée",
        niveau=Niveau.ATTENTION,
        pourquoi="« Qui », « que », « dont », « où » ajoutent une deuxième phrase dans la phrase.",
        exemple="« La personne qui vous aide vient » devient « Une personne vous aide. Elle vient ».",
        source=PRATIQUE,
    ),
    LIGNES_LUES,
)
def subordonnee(line: LigneLue, context: Contexte) -> Iterator[Trouvaille]:
    for sentence in line.phrases:
        words = [token for token in sentence.jetons if token.nature is not Nature.SIGNE]
        for rank, word in enumerate(words):
            if word.est_mot and _subordonne(sentence, words, rank):
                yield Trouvaille(word.debut, word.fin)


def _subordonne(sentence: Phrase, words: list[Jeton], rank: int) -> bool:
    word = words[rank].bas
    if word in _CONJONCTIONS:
        return True
    if word in ("que", "qu'"):
        return _que(words, rank)
    if word == "qui":
        return not _interroge(sentence, words, rank) and not (rank and words[rank - 1].bas in ("n'importe", "importe"))
    if word == "dont":
        return rank + 1 < len(words) and words[rank + 1].nature is not Nature.NOMBRE
    if word == "où":
        return not _interroge(sentence, words, rank) and not _suit_un_infinitif(words, rank)
    return word in _LEQUEL and not _interroge(sentence, words, rank)


def _interroge(sentence: Phrase, words: list[Jeton], rank: int) -> bool:
    """Tell "Qui peut venir ?", "À qui parler ?", "Où aller ?" from a relative clause."""
    if all(word.bas in _OUVRENT for word in words[:rank]):
        return True
    before = _signe_avant(sentence, words[rank])
    if before in (":", "«", "(", "-", "–") and rank:
        return True
    return sentence.texte.rstrip(" »\u00a0\u202f").endswith("?") and (
        rank + 1 == len(words) or words[rank - 1].bas in ("est", "c'est", "faire", "aller")
    )


def _signe_avant(sentence: Phrase, word: Jeton) -> str:
    previous = ""
    for token in sentence.jetons:
        if token is word:
            return previous
        previous = token.texte
    return previous


def _suit_un_infinitif(words: list[Jeton], rank: int) -> bool:
    following = words[rank + 1 : rank + 3]
    return bool(following) and (
        chercher(following[0].bas).premiere == "I"
        or ((following[0].bas in ("se", "s'", "me", "vous", "les", "l'", "le", "la") and len(following) > 1)
        and chercher(following[1].bas).premiere == "I")
    )


def _que(words: list[Jeton], rank: int) -> bool:
    """Tell whether "que" begins a clause: not in a question, a comparison, nor a restriction ("ne … que")."""
    if rank == 0:
        return False
    previous = words[rank - 1].bas
    if previous in _AVANT_QUE_PERMIS or previous.endswith("est-ce"):
        return False
    if rank + 1 < len(words) and words[rank + 1].bas.startswith("est-ce"):
        return False
    near = words[max(0, rank - 6) : rank]
    for place, token in enumerate(near):
        if token.bas in ("ne", "n'"):
            between = {word.bas for word in near[place:]}
            return bool(between & _NEGATIONS)
    return not _compare(words, rank)


def _compare(words: list[Jeton], rank: int) -> bool:
    for place in range(max(0, rank - 5), rank):
        word = words[place].bas
        if word in ("si", "tant") and place != rank - 2:
            continue
        if word == "plus" and place and words[place - 1].bas in ("en", "de"):
            continue
        if word in _COMPARENT:
            return True
    return False


@regle_de_ligne(
    Regle(
        nom="conditionnel",
        numero=19,
        titre="Verbe au conditionnel",
        niveau=Niveau.ATTENTION,
        pourquoi="Le présent et le futur se comprennent mieux que le conditionnel.",
        exemple="« Vous pourriez venir » devient « Vous pouvez venir ».",
        source=PRATIQUE,
    ),
    LIGNES_LUES,
)
def conditionnel(line: LigneLue, context: Contexte) -> Iterator[Trouvaille]:
    for token in line.jetons:
        if token.est_mot and _au_conditionnel(token.bas.split("-")[0]):
            yield Trouvaille(token.debut, token.fin)


def _au_conditionnel(word: str) -> bool:
    if not word.endswith(("rais", "rait", "rions", "riez", "raient")):
        return False
    entry = chercher(word)
    if entry.natures:
        return entry.premiere == "K"
    stem = word.removesuffix("s").removesuffix("ait").removesuffix("ai").removesuffix("aien").removesuffix("aient")
    return not connu(word) and stem.endswith("er") and chercher(stem).est("I")


@regle_de_ligne(
    Regle(
        nom="subjonctif",
        numero=19,
        titre="Verbe au subjonctif",
        niveau=Niveau.ATTENTION,
        pourquoi="Le présent et le futur se comprennent mieux que le subjonctif.",
        exemple="« Il faut que vous fassiez la demande » devient « Vous devez faire la demande ».",
        source=PRATIQUE,
    ),
    LIGNES_LUES,
)
def subjonctif(line: LigneLue, context: Contexte) -> Iterator[Trouvaille]:
    for sentence in line.phrases:
        after_que = False
        for token in sentence.mots:
            if token.bas in ("que", "qu'") or token.bas in _CONJONCTIONS:
                after_que = True
            elif after_que and _au_subjonctif(chercher(token.bas)):
                yield Trouvaille(token.debut, token.fin)
                after_que = False


def _au_subjonctif(entry: Entree) -> bool:
    return entry.est("S") and not entry.est("VI")


_ADVERBES_EN_ANT = ensemble(
    "avant devant pendant durant maintenant cependant autant tant quant moyennant concernant suivant instant"
)


@regle_de_ligne(
    Regle(
        nom="participe-present",
        numero=19,
        titre="Participe présent",
        niveau=Niveau.ATTENTION,
        pourquoi="Un verbe en « -ant » ne dit pas qui fait l’action, ni quand.",
        exemple="« En remplissant ce papier, vous demandez une aide » devient « Remplissez ce papier pour demander une aide ».",
        source=PRATIQUE,
    ),
    LIGNES_LUES,
)
def participe_present(line: LigneLue, context: Contexte) -> Iterator[Trouvaille]:
    for sentence in line.phrases:
        words = sentence.mots
        for rank, word in enumerate(words):
            if word.bas.endswith("ant") and word.bas not in _ADVERBES_EN_ANT and _participe(words, rank):
                yield Trouvaille(words[rank - 1].debut if _gerondif(words, rank) else word.debut, word.fin)


def _gerondif(words: list[Jeton], rank: int) -> bool:
    return rank > 0 and words[rank - 1].bas == "en"


def _participe(words: list[Jeton], rank: int) -> bool:
    entry = chercher(words[rank].bas)
    if not entry.natures:
        return _derive(words[rank].bas) and (_gerondif(words, rank) or not rank or not _nominal(words[rank - 1]))
    if not entry.est("G"):
        return False
    return _gerondif(words, rank) or entry.natures.strip("Q") == "G"


def _derive(word: str) -> bool:
    stem = word.removesuffix("ant")
    return any(chercher(stem + ending).est("I") for ending in ("er", "ir", "re"))


def _nominal(word: Jeton) -> bool:
    return chercher(word.bas).premiere in ("T", "A")
