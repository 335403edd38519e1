"""Reads the lines of a page through every rule."""

from collections.abc import Sequence

from variantes.falc import regles  # noqa: F401 -- declares the rules
from variantes.falc.modele import AUCUN, Constat, Genre, Ligne, MotsExpliques, Regle
from variantes.falc.registre import SUR_LIGNE, SUR_PAGE, Contexte, LigneLue, Trouvaille, TrouvaillePage

EXTRAIT = 120


class Controle:
    """The checker; `mots_expliques` knows the words that the site explains."""

    def __init__(self, mots_expliques: MotsExpliques = AUCUN) -> None:
        self.mots_expliques = mots_expliques

    def verifier(self, lignes: Sequence[Ligne]) -> list[Constat]:
        """Return what can be made easier, in the order of the page; what is about the whole page comes first."""
        read = [LigneLue(ligne, numero) for numero, ligne in enumerate(lignes, 1)]
        words = frozenset(line.propre.strip().lower() for line in read if line.genre is Genre.MOT)
        context = Contexte(self.mots_expliques, words)
        found: list[Constat] = []
        for line in read:
            for regle, genres, function in SUR_LIGNE:
                if line.genre in genres:
                    found += [_constat(regle, line, trouvaille) for trouvaille in function(line, context)]
        for regle, check in SUR_PAGE:
            found += [_constat_de_page(regle, read, trouvaille) for trouvaille in check(read, context)]
        return sorted(found, key=lambda constat: (constat.ligne, constat.debut, constat.fin))


def _constat(regle: Regle, line: LigneLue, trouvaille: Trouvaille) -> Constat:
    start, end = line.texte.etendue(trouvaille.debut, trouvaille.fin)
    return Constat(
        regle=regle.nom,
        niveau=trouvaille.niveau or regle.niveau,
        ligne=line.numero,
        cle=line.ligne.cle,
        debut=start,
        fin=end,
        extrait=_extrait(line.ligne.texte[start:end]),
        raison=trouvaille.raison or regle.pourquoi,
        exemple=trouvaille.exemple or regle.exemple,
        titre=regle.titre,
    )


def _constat_de_page(regle: Regle, read: list[LigneLue], trouvaille: TrouvaillePage) -> Constat:
    if trouvaille.ligne:
        place = Trouvaille(trouvaille.debut, trouvaille.fin, trouvaille.raison, trouvaille.exemple, trouvaille.niveau)
        return _constat(regle, read[trouvaille.ligne - 1], place)
    return Constat(
        regle=regle.nom,
        niveau=trouvaille.niveau or regle.niveau,
        ligne=0,
        cle="",
        debut=0,
        fin=0,
        extrait="",
        raison=trouvaille.raison or regle.pourquoi,
        exemple=trouvaille.exemple or regle.exemple,
        titre=regle.titre,
    )


def _extrait(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= EXTRAIT else text[: EXTRAIT - 1].rstrip() + "…"
