"""How rules are declared: a decorated function that reads one line, or the whole page."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType

from variantes.falc.modele import AUCUN, Genre, Ligne, MotsExpliques, Niveau, Regle
from variantes.falc.phrases import etendues_propres
from variantes.falc.texte import Jeton, Nature, Texte

# Inclusion Europe, Unapei, Nous Aussi: "L’information pour tous", 2009.
EUROPE = "Règles européennes pour une information facile à lire et à comprendre (Inclusion Europe et Unapei, 2009)"
PRATIQUE = "Usage des ateliers de rédaction FALC ; les règles européennes ne donnent pas de seuil"
RGAA = "Référentiel général d’amélioration de l’accessibilité (RGAA 4.1)"

LIGNES_DE_TEXTE = frozenset({Genre.TEXTE, Genre.LISTE, Genre.MOT})
LIGNES_LUES = LIGNES_DE_TEXTE | {Genre.TITRE, Genre.LIEN}


@dataclass(frozen=True, slots=True)
class Trouvaille:
    """What a rule says of a place in the regular text of a line; empty words are those of the rule."""

    debut: int
    fin: int
    raison: str = ""
    exemple: str = ""
    niveau: Niveau | None = None


@dataclass
class Phrase:
    """A sentence of a line, as it was written, and its tokens."""

    texte: str
    debut: int
    fin: int
    jetons: list[Jeton]

    @cached_property
    def mots(self) -> list[Jeton]:
        return [token for token in self.jetons if token.nature is Nature.MOT]


@dataclass
class LigneLue:
    """A line being checked."""

    ligne: Ligne
    numero: int
    texte: Texte = field(init=False)

    def __post_init__(self) -> None:
        self.texte = Texte(self.ligne.texte)

    @property
    def propre(self) -> str:
        return self.texte.propre

    def ecrit(self, debut: int, fin: int) -> str:
        """Return what was written at a place of the regular text."""
        return self.ligne.texte[slice(*self.texte.etendue(debut, fin))]

    @property
    def genre(self) -> Genre:
        return self.ligne.genre

    @property
    def jetons(self) -> list[Jeton]:
        return self.texte.jetons

    @cached_property
    def phrases(self) -> list[Phrase]:
        """The sentences of the line, in order."""
        found = []
        tokens = iter(self.jetons)
        token = next(tokens, None)
        for start, end in etendues_propres(self.propre):
            inside = []
            while token is not None and token.debut < end:
                if token.debut >= start:
                    inside.append(token)
                token = next(tokens, None)
            found.append(Phrase(self.ecrit(start, end), start, end, inside))
        return found


@dataclass
class Contexte:
    """What the rules know besides the line."""

    mots_expliques: MotsExpliques = AUCUN
    mots_de_la_page: frozenset[str] = frozenset()

    def explique(self, mot: str) -> bool:
        return mot.lower() in self.mots_de_la_page or self.mots_expliques.explique(mot)


@dataclass(frozen=True, slots=True)
class TrouvaillePage:
    """What a rule says of the page: on which line it is shown (0 for none), and where in it."""

    ligne: int
    debut: int = 0
    fin: int = 0
    raison: str = ""
    exemple: str = ""
    niveau: Niveau | None = None


SurLigne = Callable[[LigneLue, Contexte], Iterable[Trouvaille]]
SurPage = Callable[[list[LigneLue], Contexte], Iterable[TrouvaillePage]]

_REGLES: dict[str, Regle] = {}
SUR_LIGNE: list[tuple[Regle, frozenset[Genre], SurLigne]] = []
SUR_PAGE: list[tuple[Regle, SurPage]] = []
REGLES: Mapping[str, Regle] = MappingProxyType(_REGLES)


def regle_de_ligne(regle: Regle, genres: frozenset[Genre] = LIGNES_LUES) -> Callable[[SurLigne], SurLigne]:
    """Declare a rule that reads lines of these kinds one by one."""

    def register(function: SurLigne) -> SurLigne:
        _REGLES[regle.nom] = regle
        SUR_LIGNE.append((regle, genres, function))
        return function

    return register


def regle_de_page(regle: Regle) -> Callable[[SurPage], SurPage]:
    """Declare a rule that reads all lines together."""

    def register(function: SurPage) -> SurPage:
        _REGLES[regle.nom] = regle
        SUR_PAGE.append((regle, function))
        return function

    return register
