"""Rules 24, 25 and 27, and the part of rule 7 that is about the whole page."""

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
    TrouvaillePage,
    regle_de_ligne,
    regle_de_page,
)
from variantes.falc.regles.longueur import compter_mots

LIGNES_SANS_TITRE = 10
MOTS_D_UN_TITRE = 8
RANG_LE_PLUS_PROFOND = 3
MOTS_D_UNE_PAGE = 600


@regle_de_ligne(
    Regle(
        nom="titre-long",
        numero=25,
        titre="Titre trop long",
        niveau=Niveau.ATTENTION,
        pourquoi="Un titre court dit tout de suite de quoi l’on parle.",
        exemple="Écrivez par exemple : Comment demander une aide ?",
        source=f"{EUROPE} ; seuil de {MOTS_D_UN_TITRE} mots : {PRATIQUE}",
    ),
    frozenset({Genre.TITRE}),
)
def titre_long(line: LigneLue, context: Contexte) -> Iterator[Trouvaille]:
    count = compter_mots(line.jetons)
    if count > MOTS_D_UN_TITRE:
        yield Trouvaille(
            0, len(line.propre), f"Ce titre a {count} mots. Un titre court a {MOTS_D_UN_TITRE} mots au plus."
        )


@regle_de_ligne(
    Regle(
        nom="titre-profond",
        numero=25,
        titre="Titre d’un rang trop profond",
        niveau=Niveau.ATTENTION,
        pourquoi="Avec deux rangs de titres, le lecteur sait où il est.",
        exemple="Utilisez « Grande partie » ou « Sous-partie ».",
        source=PRATIQUE,
    ),
    frozenset({Genre.TITRE}),
)
def titre_profond(line: LigneLue, context: Contexte) -> Iterator[Trouvaille]:
    if line.ligne.rang > RANG_LE_PLUS_PROFOND:
        yield Trouvaille(0, len(line.propre))


@regle_de_page(
    Regle(
        nom="sans-titre",
        numero=25,
        titre="Beaucoup de lignes sans titre",
        niveau=Niveau.ATTENTION,
        pourquoi="Les titres disent de quoi l’on parle et laissent le lecteur choisir.",
        exemple="Ajoutez un titre toutes les dix lignes, par exemple : Qui peut venir ?",
        source=f"{EUROPE} ; dix lignes : {PRATIQUE}",
    )
)
def sans_titre(lines: list[LigneLue], context: Contexte) -> Iterator[TrouvaillePage]:
    count = 0
    for line in lines:
        if line.genre is Genre.TITRE:
            count = 0
        elif line.genre in LIGNES_DE_TEXTE and line.phrases:
            count += 1
            if count == LIGNES_SANS_TITRE + 1:
                yield TrouvaillePage(line.numero, 0, len(line.propre))


@regle_de_page(
    Regle(
        nom="page-longue",
        numero=27,
        titre="Page longue",
        niveau=Niveau.INFO,
        pourquoi="Une page courte se lit jusqu’au bout.",
        exemple="Faites deux pages, ou commencez par un résumé de trois lignes.",
        source=PRATIQUE,
    )
)
def page_longue(lines: list[LigneLue], context: Contexte) -> Iterator[TrouvaillePage]:
    count = sum(compter_mots(line.jetons) for line in lines if line.genre in LIGNES_LUES)
    if count > MOTS_D_UNE_PAGE:
        yield TrouvaillePage(0, raison=f"Cette page a {count} mots. Une page courte a environ {MOTS_D_UNE_PAGE} mots.")


@regle_de_ligne(
    Regle(
        nom="image-sans-texte",
        numero=24,
        titre="Image sans texte de remplacement",
        niveau=Niveau.INFO,
        pourquoi="Les personnes qui ne voient pas l’image ont besoin de mots à la place.",
        exemple="Écrivez ce que montre l’image, par exemple : Une femme signe un papier.",
        source=f"{RGAA}, critère 1.1",
    ),
    frozenset({Genre.IMAGE_ALT}),
)
def image_sans_texte(line: LigneLue, context: Contexte) -> Iterator[Trouvaille]:
    if not line.propre.strip():
        yield Trouvaille(0, 0)
