"""Rules 1 to 4 and 23: one short idea a sentence, one sentence a line."""

from collections.abc import Iterator

from variantes.falc.coupes import LARGEUR, proposer_coupes, proposer_retours
from variantes.falc.enumerations import enumeration, virgules
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
from variantes.falc.texte import Jeton, Nature, ensemble

MOTS_CONSEILLES = 12
MOTS_AU_PLUS = 15


def compter_mots(tokens: list[Jeton]) -> int:
    """Count words as a word processor does: "l’hôpital" is one, and so is a phone number or an address."""
    count = 0
    in_number = False
    end = -1
    for token in tokens:
        if token.nature is Nature.NOMBRE:
            # "T3" and "A4" are one word.
            count += not in_number and token.debut != end
            in_number = True
        elif in_number and (token.bas == "h" or (token.debut == end and token.texte != ",")):
            # "14 h 30", "1er", "12/05/2026"; but "12, rue".
            in_number = token.nature is Nature.SIGNE or token.bas == "h"
        else:
            in_number = False
            count += token.nature is Nature.ADRESSE or (token.est_mot and not token.texte.endswith("'"))
        end = token.fin
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
        if len(sentence.jetons) <= MOTS_CONSEILLES:
            continue
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
    signes=(",", ";", ":"),
)
def plusieurs_idees(line: LigneLue, context: Contexte) -> Iterator[Trouvaille]:
    for sentence in line.phrases:
        if found := _coupure(sentence):
            token, reason = found
            yield Trouvaille(token.debut, token.fin, reason)


def _coupure(sentence: Phrase) -> tuple[Jeton, str] | None:
    tokens = sentence.jetons
    signs = [(rank, token) for rank, token in enumerate(tokens) if token.texte in (",", ";", ":")]
    commas = [] if _adresse_ou_salut(tokens) else virgules(tokens)
    for rank, token in signs:
        after = tokens[rank + 1 :]
        if token.texte == ";" and any(following.nature is not Nature.SIGNE for following in after):
            return token, "Le point-virgule réunit deux idées. Faites deux phrases."
        if token.texte == ":" and _deux_idees(tokens[:rank], after):
            return token, "Les deux-points réunissent deux idées. Faites deux phrases."
    if len(commas) > 1 and not enumeration(tokens):
        return commas[1], "Cette phrase a plusieurs virgules. Faites une phrase pour chaque idée."
    return None


_SALUTS = ensemble("bonjour bonsoir madame monsieur mesdames messieurs")


def _adresse_ou_salut(tokens: list[Jeton]) -> bool:
    """Tell the commas of "12 rue des Lilas, 75019 Paris, France" and "Bonjour, Madame, …" from those of a sentence."""
    if any(token.bas in _SALUTS for token in tokens[:4]):
        return True
    codes = (token.nature is Nature.NOMBRE and len(token.texte) == 5 and token.texte.isdigit() for token in tokens)
    return any(codes)


# "ARS veut dire : …", "par exemple : …".
_ANNONCENT = ensemble("dire exemple dit signifie")


def _deux_idees(before: list[Jeton], after: list[Jeton]) -> bool:
    """Tell "vous devez faire une chose : appeler la mairie" from "Téléphone : 01 23 45 67 89" and "Dites : « Oui »"."""
    if not after or after[0].texte in ("«", "“", '"') or (before and before[-1].bas in _ANNONCENT):
        return False
    return compter_mots(before) > 3 and compter_mots(after) > 2 and sum(token.est_mot for token in after) > 2


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
    signes=(",",),
)
def liste_dans_la_phrase(line: LigneLue, context: Contexte) -> Iterator[Trouvaille]:
    for sentence in line.phrases:
        if commas := enumeration(sentence.jetons):
            yield Trouvaille(commas[0].debut, commas[-1].fin)
