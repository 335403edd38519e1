"""Rule 26: the words of a link say where it leads."""

import re
from collections.abc import Iterator

from variantes.falc.modele import Genre, Niveau, Regle
from variantes.falc.registre import (
    EUROPE,
    LIGNES_DE_TEXTE,
    LIGNES_LUES,
    PRATIQUE,
    RGAA,
    Contexte,
    LigneLue,
    Trouvaille,
    regle_de_ligne,
)
from variantes.falc.texte import Nature

_VIDE = re.compile(
    r"(?:(?:cliquez?r?|appuyez|cliquer|rendez-vous|voir|allez)\s)?(?:ici|là|par ici|sur ce lien|ce lien|ce bouton|sur ici|sur ce bouton)"
    r"|(?:pour )?(?:en )?savoir (?:plus|\+)|(?:en )?lire (?:plus|la suite)|la suite|suite|suivant|plus d'infos?(?:rmations?)?|plus|"
    r"(?:le |un )?lien|(?:le )?site|(?:la )?page|cette page|ce site|voir(?: plus)?|détails?|continuer|télécharger|(?:le )?document|"
    r"ouvrir|découvrir|consulter|suivez ce lien|suivre ce lien|infos?|accéder",
    re.IGNORECASE,
)
_CLIQUEZ = re.compile(
    r"\b(?:cliqu(?:ez|er|e|ons)|appuyez)\s(?:ici|là|sur ici|sur (?:ce|le) lien(?: ci-dessous| suivant)?)\b|\bsuivez ce lien\b",
    re.IGNORECASE,
)
_ENTIERES = re.compile(r"(?:pour )?en savoir (?:plus|\+)|lire la suite|plus d'infos?(?:rmations?)?", re.IGNORECASE)
_ADRESSE_NUE = re.compile(r"(?:https?://|www\.)|[^@]*/.", re.IGNORECASE)


@regle_de_ligne(
    Regle(
        nom="texte-de-lien",
        numero=26,
        titre="Lien qui ne dit pas où il mène",
        niveau=Niveau.ERREUR,
        pourquoi="Les mots du lien doivent dire où il mène.",
        exemple="Écrivez par exemple : Lire la page sur les aides au logement",
        source=f"{RGAA}, critère 6.1 ; {EUROPE}",
    ),
    LIGNES_LUES,
)
def texte_de_lien(line: LigneLue, context: Contexte) -> Iterator[Trouvaille]:
    text = line.propre
    empty = [(start, end) for start, end in _liens(line) if _VIDE.fullmatch(text[start:end].strip(" .!:→>»«…"))]
    yield from (Trouvaille(start, end) for start, end in empty)
    if empty:
        return
    for match in _CLIQUEZ.finditer(text):
        yield Trouvaille(match.start(), match.end())
    if line.genre in LIGNES_DE_TEXTE and _ENTIERES.fullmatch(text.strip(" .!:→>»«…")):
        yield Trouvaille(0, len(text))


def _liens(line: LigneLue) -> list[tuple[int, int]]:
    if line.genre is Genre.LIEN:
        return [(0, len(line.propre))]
    return [line.texte.place(start, end) for start, end in line.ligne.liens]


@regle_de_ligne(
    Regle(
        nom="adresse-nue",
        numero=26,
        titre="Adresse internet dans le texte",
        niveau=Niveau.ERREUR,
        pourquoi="Une adresse internet est longue et difficile à lire.",
        exemple="Mettez un lien sur des mots qui disent où il mène.",
        source=f"{EUROPE} ; {RGAA}, critère 6.1",
    ),
    LIGNES_LUES,
)
def adresse_nue(line: LigneLue, context: Contexte) -> Iterator[Trouvaille]:
    for token in line.jetons:
        if token.nature is Nature.ADRESSE and "@" not in token.texte and _ADRESSE_NUE.match(token.texte):
            yield Trouvaille(token.debut, token.fin)


@regle_de_ligne(
    Regle(
        nom="plusieurs-liens",
        numero=26,
        titre="Plusieurs liens dans une phrase",
        niveau=Niveau.ERREUR,
        pourquoi="Avec un seul lien par phrase, on sait sur quoi appuyer.",
        exemple="Faites une phrase, sur une ligne, pour chaque lien.",
        source=PRATIQUE,
    ),
    LIGNES_DE_TEXTE,
)
def plusieurs_liens(line: LigneLue, context: Contexte) -> Iterator[Trouvaille]:
    links = _liens(line)
    for sentence in line.phrases:
        inside = [(start, end) for start, end in links if sentence.debut <= start < sentence.fin]
        if len(inside) > 1:
            yield Trouvaille(inside[0][0], inside[-1][1])
