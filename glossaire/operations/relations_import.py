"""The relations that a table adds: those that make sense, and why the others do not."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from glossaire.models import Relation
from glossaire.operations.jugement import Jugement
from glossaire.queries.etat_import import GENRES, Etat, relation
from glossaire.tableau import RELATIONS, VIDER, valeurs


def juger_les_relations(ordre: list[Jugement], etat: Etat) -> None:
    """Add to each line the relations that are new, and refuse those that make no sense.

    A line that is refused takes its concept with it: those that lead to it are looked at again.
    """
    wanted = [jugement for jugement in ordre if not jugement.raisons and _a_des_relations(jugement)]
    while True:
        known = set(etat.concepts) | {each.identifiant for each in ordre if not each.raisons}
        missing = [
            (jugement, nom, autre)
            for jugement in wanted
            if not jugement.raisons
            for nom, autre in _cites(jugement)
            if autre not in known
        ]
        if not missing:
            break
        for jugement, nom, autre in missing:
            jugement.refuser(f"« {autre[:80]} » n’est l’identifiant d’aucun mot, ni du site ni de ce tableau.", nom)
    liens = Liens(etat.relations)
    for jugement in wanted:
        if not jugement.raisons:
            _ajouter(jugement, liens)


def _a_des_relations(jugement: Jugement) -> bool:
    return any(jugement.ligne.cellules.get(nom, "").strip() for nom in RELATIONS)


def _cites(jugement: Jugement) -> Iterator[tuple[str, str]]:
    for nom in RELATIONS:
        texte = jugement.ligne.cellules.get(nom, "").strip()
        if texte == VIDER:
            continue
        for autre in valeurs(texte.replace(",", "|")):
            yield nom, autre


def _ajouter(jugement: Jugement, liens: "Liens") -> None:
    added: dict[str, list[str]] = {}
    kept: list[tuple[str, str, str]] = []
    for nom in RELATIONS:
        if jugement.ligne.cellules.get(nom, "").strip() == VIDER:
            jugement.refuser("un tableau n’enlève pas de liens entre les mots. Enlevez-les dans l’éditeur.", nom)
    for nom, autre in _cites(jugement):
        triple = relation(GENRES[nom], jugement.identifiant, autre)
        if triple in liens.relations:
            continue
        if reason := liens.refus(*triple):
            jugement.refuser(reason, nom)
            continue
        liens.ajouter(triple)
        kept.append(triple)
        added.setdefault(nom, []).append(autre)
    if jugement.raisons:
        for triple in kept:
            liens.retirer(triple)
        return
    jugement.changements += [(nom, "", " | ".join(autres)) for nom, autres in added.items()]


class Liens:
    """The relations that there are and those that lines add, with the rules that the database keeps."""

    def __init__(self, relations: set[tuple[str, str, str]]) -> None:
        self.relations: set[tuple[str, str, str]] = set()
        self.au_dessus: defaultdict[str, set[str]] = defaultdict(set)
        self.en_dessous: defaultdict[str, set[str]] = defaultdict(set)
        self.voisins: defaultdict[str, set[str]] = defaultdict(set)
        for triple in relations:
            self.ajouter(triple)

    def ajouter(self, triple: tuple[str, str, str]) -> None:
        genre, de, vers = triple
        self.relations.add(triple)
        if genre == Relation.Genre.PLUS_LARGE:
            self.au_dessus[de].add(vers)
            self.en_dessous[vers].add(de)
        elif genre == Relation.Genre.ASSOCIE:
            self.voisins[de].add(vers)
            self.voisins[vers].add(de)

    def retirer(self, triple: tuple[str, str, str]) -> None:
        genre, de, vers = triple
        self.relations.discard(triple)
        if genre == Relation.Genre.PLUS_LARGE:
            self.au_dessus[de].discard(vers)
            self.en_dessous[vers].discard(de)
        elif genre == Relation.Genre.ASSOCIE:
            self.voisins[de].discard(vers)
            self.voisins[vers].discard(de)

    def refus(self, genre: str, de: str, vers: str) -> str:
        """Return why a relation cannot be, or nothing."""
        if de == vers:
            return "un mot n’est pas en relation avec lui-même."
        if genre == Relation.Genre.PLUS_LARGE:
            above = {vers, *_tous(vers, self.au_dessus)}
            below = {de, *_tous(de, self.en_dessous)}
            if de in above:
                return f"« {vers} » serait à la fois plus large et plus étroit que « {de} »."
            if pair := next(((one, each) for one in sorted(below) for each in sorted(self.voisins[one] & above)), None):
                return f"« {pair[0]} » et « {pair[1]} » sont des mots voisins : l’un n’est pas au-dessus de l’autre."
        elif genre == Relation.Genre.ASSOCIE and (
            vers in _tous(de, self.au_dessus) or de in _tous(vers, self.au_dessus)
        ):
            return f"« {de} » et « {vers} » sont l’un au-dessus de l’autre : ils ne sont pas voisins."
        return ""


def _tous(identifiant: str, suite: Mapping[str, set[str]]) -> set[str]:
    """Every concept that one leads to, at any distance."""
    found: set[str] = set()
    waiting = [identifiant]
    while waiting:
        fresh = suite.get(waiting.pop(), set()) - found
        found |= fresh
        waiting += fresh
    return found
