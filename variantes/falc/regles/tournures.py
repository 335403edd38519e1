"""Rules 5, 6, 7 and 19: plain turns of phrase."""

from collections.abc import Iterator

from variantes.falc.modele import Niveau, Regle
from variantes.falc.registre import EUROPE, LIGNES_LUES, Contexte, LigneLue, Phrase, Trouvaille, regle_de_ligne
from variantes.falc.texte import ensemble

_NEGATIONS = ensemble("pas plus jamais aucun aucune rien personne ni guère nulle nul point")


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
        yield from _negations(sentence)


def _negations(sentence: Phrase) -> Iterator[Trouvaille]:
    words = sentence.mots
    for rank, word in enumerate(words):
        if word.bas in ("ne", "n'"):
            for following in words[rank + 1 : rank + 8]:
                if following.bas in _NEGATIONS:
                    yield Trouvaille(word.debut, following.fin)
                    break
