"""Rule 5: who does what, said in that order.

"Être" with a past participle is passive unless the verb is one of motion or state that is conjugated with "être", the
verb is pronominal, or the participle only describes ("est fermé", "êtes fatigué").
"""

import re
from collections.abc import Iterator

from variantes.falc.lexique import chercher
from variantes.falc.modele import Niveau, Regle
from variantes.falc.registre import EUROPE, LIGNES_LUES, Contexte, LigneLue, Trouvaille, regle_de_ligne
from variantes.falc.texte import Jeton, Nature, ensemble

ETRE = ensemble(
    "suis es est sommes êtes sont étais était étions étiez étaient fus fut fûmes fûtes furent serai seras sera "
    "serons serez seront serais serait serions seriez seraient sois soit soyons soyez soient être étant"
)
AVOIR = ensemble(
    "ai as a avons avez ont avais avait avions aviez avaient aurai auras aura aurons aurez auront aurais aurait "
    "aurions auriez auraient aie ait ayons ayez aient avoir ayant eu eut"
)
# Conjugated with "être" in the active voice.
ACTIFS = ensemble(
    "allé venu arrivé parti entré sorti monté descendu né mort resté tombé retourné revenu devenu passé rentré "
    "parvenu intervenu décédé survenu advenu provenu reparti ressorti redevenu remonté redescendu retombé convenu "
    "apparu disparu accouru réapparu rené éclos échu"
)
# These have a passive too: "le colis a été retourné".
_AUSSI_PASSIFS = ensemble("sorti monté descendu retourné rentré passé remonté convenu entré")
# What is, rather than what somebody does.
ETATS = ensemble(
    "due dues dus coupé allumé éteint ouvert fermé situé marié divorcé pacsé séparé handicapé âgé fatigué assis "
    "couché allongé intéressé adapté compliqué obligé interdit permis inscrit occupé pressé satisfait retraité "
    "isolé blessé cassé perdu gêné motivé habitué déçu désolé surpris étonné diplômé spécialisé composé lié dû "
    "équipé fini terminé malentendant hospitalisé abonné épuisé énervé stressé rassuré paniqué soulagé embêté "
    "bloqué coincé connecté expérimenté qualifié compris connu réservé destiné basé implanté constitué employé "
    "salarié licencié assuré vacciné enceinte majeur accessible élevé éloigné mouillé sali abîmé usé illimité "
    "limité privé vide complet avancé opposé décidé préparé prêt inquiété préoccupé passionné convaincu persuadé "
    "concentré attaché dépassé détendu apprécié aisé varié animé fâché vexé déprimé angoissé mobilisé engagé "
    "concerné autorisé abstrait affolé ajusté approfondi borné complexe cultivé défini désespéré découragé "
    "équilibré épanoui expérimenté frustré généralisé glacé masqué meublé modéré nuancé obstiné privilégié "
    "résigné sacré salé sucré tordu annulé payé offert inclus signalé pourri bouilli célèbre motorisé titré doué "
    "rond seul mûr rangé cuit absent présent"
)
# Of the reader: "vous êtes invité"; of others, it is passive.
ETATS_DU_LECTEUR = ensemble("invité attendu accompagné aidé soigné")
_SENTIMENTS = ensemble("droit besoin envie peur choix liberté")
_REFLECHIS = ensemble("se s' me m' te t'")
_DOUBLES = ensemble("nous vous")
_SAUTES = ensemble(
    "pas plus jamais rien déjà toujours très bien mal aussi encore souvent ensuite alors donc parfois trop peu "
    "assez tous toutes tout toute enfin ici automatiquement également désormais y en directement ainsi d'abord "
    "bientôt seulement généralement normalement surtout à nouveau"
)
_DETERMINANTS = ensemble(
    "le la l' les un une des vos votre notre nos son sa ses leur leurs ce cet cette ces mon ma mes du chaque deux "
    "trois plusieurs certains certaines vous nous lui elle eux elles moi toi tous toutes quelqu'un"
)
_PAS_AGENTS_DETERMINES = ensemble(
    "poste suite fenêtre porte biais mail route téléphone bus métro train courrier internet présente site voie "
    "lien moyen intermédiaire"
)
_PARTICIPE = re.compile(r"(?:[^\W\d_]{2,})(?:é|ée|és|ées)")


def racine(mot: str) -> str:
    """Return a participle in its masculine singular: "ouvertes" is "ouvert"."""
    for ending in ("es", "e", "s", ""):
        base = mot.removesuffix(ending) if ending else mot
        if (not ending or base != mot) and base in ACTIFS | ETATS | ETATS_DU_LECTEUR:
            return base
    return mot


def est_un_participe(mot: str) -> bool:
    """Tell whether a word, after "être", is a past participle rather than a noun or an adjective."""
    entry = chercher(mot)
    if entry.natures:
        # Dictionaries forget feminines and plurals: "remplies" is known as an adjective only.
        bases = (mot, mot.removesuffix("s"), mot.removesuffix("e"), mot.removesuffix("es"))
        return entry.premiere not in "DPTCRO" and any(chercher(base).est("Q") for base in bases)
    return bool(_PARTICIPE.fullmatch(mot))


@regle_de_ligne(
    Regle(
        nom="voix-passive",
        numero=5,
        titre="Voix passive",
        niveau=Niveau.ATTENTION,
        pourquoi="Dites d’abord qui fait l’action : la phrase est plus facile à comprendre.",
        exemple="« Le dossier est étudié par l’équipe » devient « L’équipe étudie le dossier ».",
        source=EUROPE,
    ),
    LIGNES_LUES,
    mots=ETRE | AVOIR | {"par"},
)
def voix_passive(line: LigneLue, context: Contexte) -> Iterator[Trouvaille]:
    for sentence in line.phrases:
        tokens = sentence.jetons
        last = -1
        for rank in range(len(tokens)):
            if rank <= last:
                continue
            end = _passif(tokens, rank)
            if end is not None:
                last = end
                yield Trouvaille(tokens[rank].debut, tokens[end].fin)


def _passif(tokens: list[Jeton], rank: int) -> int | None:
    """Return where a passive that begins at a token ends, nothing when there is none."""
    word = tokens[rank].bas.split("-")[0]
    compound = False
    start = rank
    if word in AVOIR:
        rank = _suivant(tokens, rank)
        if rank >= len(tokens) or tokens[rank].bas != "été":
            return None
        compound = True
    elif word not in ETRE or (word == "est" and tokens[rank].bas == "est-ce"):
        return _complement(tokens, rank)
    place = _suivant(tokens, rank)
    if place >= len(tokens) or not tokens[place].est_mot or not est_un_participe(tokens[place].bas):
        return None
    agent = _agent(tokens, place + 1)
    base = racine(tokens[place].bas)
    if base in ACTIFS and not (compound and base in _AUSSI_PASSIFS):
        return None
    if _pronominal(tokens, start) or (not agent and _droit(tokens, start)):
        return None
    if not agent and not compound and (base in ETATS or _ce(tokens, start) or _du_lecteur(tokens[start], base)):
        return None
    return agent or place


def _suivant(tokens: list[Jeton], rank: int) -> int:
    """Return the rank of the first token after a verb, adverbs left out."""
    place = rank + 1
    while place < len(tokens) and place < rank + 5 and _se_saute(tokens[place]):
        place += 1
    return place


def _se_saute(token: Jeton) -> bool:
    if token.bas in _SAUTES:
        return True
    return token.est_mot and token.bas.endswith("ment") and chercher(token.bas).premiere == "D"


def _pronominal(tokens: list[Jeton], rank: int) -> bool:
    place = rank - 1
    while place >= 0 and tokens[place].bas in ("y", "en", "ne", "n'"):
        place -= 1
    if place < 0:
        return False
    word = tokens[place].bas
    if word in _REFLECHIS:
        return True
    return word in _DOUBLES and place > 0 and (tokens[place - 1].bas == word or tokens[place - 1].bas in ("ne", "n'"))


def _droit(tokens: list[Jeton], rank: int) -> bool:
    """Tell "le droit d’être soigné": the reader is who it is about."""
    return tokens[rank].bas == "être" and rank > 1 and tokens[rank - 2].bas in _SENTIMENTS


def _du_lecteur(verb: Jeton, base: str) -> bool:
    return verb.bas.startswith("êtes") and base in ETATS_DU_LECTEUR


def _ce(tokens: list[Jeton], rank: int) -> bool:
    return rank > 0 and tokens[rank - 1].bas in ("c'", "ce", "ça", "cela")


def _agent(tokens: list[Jeton], rank: int) -> int | None:
    """Return the rank of the word after "par" when it announces who acts."""
    place = rank
    while place < len(tokens) and place < rank + 3 and _se_saute(tokens[place]):
        place += 1
    if place + 1 >= len(tokens) or tokens[place].bas not in ("par", "de") or tokens[place].bas == "de":
        return None
    word = tokens[place + 1]
    following = tokens[place + 2] if place + 2 < len(tokens) else None
    if word.bas in _DETERMINANTS or word.nature is Nature.NOMBRE:
        clung = following and following.bas.rstrip("s") in _PAS_AGENTS_DETERMINES
        return None if clung else place + (2 if following and following.est_mot else 1)
    if word.est_mot and word.texte[0].isupper():
        return place + 1
    return None


def _complement(tokens: list[Jeton], rank: int) -> int | None:
    """Return where "signé par le médecin" ends, when the token is such a participle."""
    token = tokens[rank]
    if not token.est_mot or rank + 2 >= len(tokens) or tokens[rank + 1].bas != "par":
        return None
    entry = chercher(token.bas)
    participle = entry.est("Q") if entry.natures else bool(_PARTICIPE.fullmatch(token.bas))
    if not participle or (rank and tokens[rank - 1].bas in AVOIR) or _apres_avoir(tokens, rank):
        return None
    return _agent(tokens, rank + 1)


def _apres_avoir(tokens: list[Jeton], rank: int) -> bool:
    """Tell "il a commencé par la fin" from "signé par le médecin"."""
    return any(token.bas.split("-")[0] in AVOIR | ETRE for token in tokens[max(0, rank - 3) : rank])
