"""Rules 1 to 4 and 23: one short idea a sentence, one sentence a line."""

from collections.abc import Iterator

from variantes.falc.coupes import LARGEUR, proposer_coupes, proposer_retours
from variantes.falc.modele import Niveau, Regle
from variantes.falc.registre import (
    EUROPE,
    LIGNES_DE_TEXTE,
    LIGNES_LUES,
    PRATIQUE,
    Contexte,
    LigneLue,
    Phrase,
    Trouvaille,
    regle_de_ligne,
)
from variantes.falc.texte import Jeton, Nature

MOTS_CONSEILLES = 12
MOTS_AU_PLUS = 15


def compter_mots(tokens: list[Jeton]) -> int:
    """Count words as a word processor does: "l’hôpital" is one, and so is a phone number or an address."""
    count = 0
    in_number = False
    for token in tokens:
        if token.nature is Nature.NOMBRE:
            count += not in_number
            in_number = True
        elif in_number and token.bas == "h":
            continue
        else:
            in_number = False
            count += token.nature is Nature.ADRESSE or (token.est_mot and not token.texte.endswith("'"))
    return count


@regle_de_ligne(
    Regle(
        nom="phrase-longue",
        numero=1,
        titre="Phrase trop longue",
        niveau=Niveau.ATTENTION,
        pourquoi="Une phrase courte se lit d’un seul coup.",
        exemple="Faites deux phrases. Chaque phrase dit une seule idée.",
        source=f"{EUROPE} ; seuils de 12 et 15 mots : {PRATIQUE}",
    ),
    LIGNES_DE_TEXTE,
)
def phrase_longue(line: LigneLue, context: Contexte) -> Iterator[Trouvaille]:
    for sentence in line.phrases:
        count = compter_mots(sentence.jetons)
        if count > MOTS_CONSEILLES:
            level = Niveau.ERREUR if count > MOTS_AU_PLUS else Niveau.ATTENTION
            reason = f"Cette phrase a {count} mots. Une phrase courte a {MOTS_CONSEILLES} mots au plus."
            pieces = proposer_coupes(sentence.texte)
            example = "\n".join(pieces) if len(pieces) > 1 else ""
            yield Trouvaille(sentence.debut, sentence.fin, reason, example, level)


@regle_de_ligne(
    Regle(
        nom="plusieurs-phrases",
        numero=3,
        titre="Plusieurs phrases sur la même ligne",
        niveau=Niveau.ERREUR,
        pourquoi="Chaque phrase commence sur une nouvelle ligne : le lecteur voit où elle commence.",
        exemple="Passez à la ligne après chaque phrase.",
        source=EUROPE,
    ),
    LIGNES_DE_TEXTE,
)
def plusieurs_phrases(line: LigneLue, context: Contexte) -> Iterator[Trouvaille]:
    groups: list[list[Phrase]] = []
    for sentence in line.phrases:
        if groups and "\n" not in line.propre[groups[-1][-1].fin : sentence.debut]:
            groups[-1].append(sentence)
        else:
            groups.append([sentence])
    for group in groups:
        if len(group) > 1:
            example = "\n".join(sentence.texte for sentence in group)
            yield Trouvaille(group[1].debut, group[-1].fin, exemple=example)


@regle_de_ligne(
    Regle(
        nom="ligne-longue",
        numero=4,
        titre="Phrase plus longue qu’une ligne",
        niveau=Niveau.INFO,
        pourquoi="Une phrase qui tient sur une ligne se lit mieux. Sinon, coupez-la là où l’on respire.",
        exemple="Passez à la ligne avant « et », « pour », « avec », ou après une virgule.",
        source=f"{EUROPE} ; 60 caractères : {PRATIQUE}",
    ),
    LIGNES_DE_TEXTE,
)
def ligne_longue(line: LigneLue, context: Contexte) -> Iterator[Trouvaille]:
    for sentence in line.phrases:
        if max(map(len, sentence.texte.split("\n"))) > LARGEUR:
            example = "\n".join(proposer_retours(sentence.texte)) if len(sentence.texte) < 2000 else ""
            reason = f"Cette phrase a {len(sentence.texte)} caractères. Une ligne en montre environ {LARGEUR}."
            yield Trouvaille(sentence.debut, sentence.fin, reason, example)


@regle_de_ligne(
    Regle(
        nom="plusieurs-idees",
        numero=2,
        titre="Plusieurs idées dans une phrase",
        niveau=Niveau.ATTENTION,
        pourquoi="Une phrase dit une seule idée.",
        exemple="Faites une phrase pour chaque idée.",
        source=f"{EUROPE} ; virgules et deux-points : {PRATIQUE}",
    ),
    LIGNES_DE_TEXTE,
)
def plusieurs_idees(line: LigneLue, context: Contexte) -> Iterator[Trouvaille]:
    for sentence in line.phrases:
        if found := _coupure(sentence):
            token, reason = found
            yield Trouvaille(token.debut, token.fin, reason)


def _coupure(sentence: Phrase) -> tuple[Jeton, str] | None:
    tokens = sentence.jetons
    signs = [(rank, token) for rank, token in enumerate(tokens) if token.texte in (",", ";", ":")]
    commas = [token for _rank, token in signs if token.texte == ","]
    for rank, token in signs:
        after = tokens[rank + 1 :]
        if token.texte == ";" and any(following.nature is not Nature.SIGNE for following in after):
            return token, "Le point-virgule réunit deux idées. Faites deux phrases."
        if token.texte == ":" and _deux_idees(tokens[:rank], after):
            return token, "Les deux-points réunissent deux idées. Faites deux phrases."
    if len(commas) > 1 and not enumeration(sentence):
        return commas[1], "Cette phrase a plusieurs virgules. Faites une phrase pour chaque idée."
    return None


def _deux_idees(before: list[Jeton], after: list[Jeton]) -> bool:
    """Tell "vous devez faire une chose : appeler la mairie" from "Téléphone : 01 23 45 67 89" and "Dites : « Oui »"."""
    if not after or after[0].texte in '«“"':
        return False
    return compter_mots(before) > 3 and compter_mots(after) > 2 and sum(token.est_mot for token in after) > 2


def enumeration(sentence: Phrase) -> list[Jeton]:
    """Return the commas that separate three things or more."""
    commas = [token for token in sentence.jetons if token.texte == ","]
    return commas if len(commas) > 1 else []


@regle_de_ligne(
    Regle(
        nom="enumeration",
        numero=23,
        titre="Liste dans une phrase",
        niveau=Niveau.ATTENTION,
        pourquoi="Une liste à puces se lit mieux que des mots séparés par des virgules.",
        exemple="Vous devez apporter :\n• une photo\n• votre carte d’identité\n• une enveloppe",
        source=EUROPE,
    ),
    LIGNES_LUES,
)
def liste_dans_la_phrase(line: LigneLue, context: Contexte) -> Iterator[Trouvaille]:
    for sentence in line.phrases:
        if commas := enumeration(sentence):
            yield Trouvaille(commas[0].debut, commas[-1].fin)
