"""The labelled corpus: lines and the rules that each breaks, read from YAML files.

A line is a text that breaks no rule, or a mapping: `l` the text, `r` the rules it breaks, `peut` those that may be
found or not, `genre` what the line is. Findings of the level "info" are not labelled.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from variantes.falc import REGLES, Constat, Controle, Genre, Ligne, Niveau

DOSSIER = Path(__file__).parent / "corpus"


@dataclass(frozen=True)
class Exemple:
    texte: str
    attendues: frozenset[str]
    admises: frozenset[str]
    genre: Genre

    def trouvees(self) -> dict[str, Constat]:
        """Return what the checker says of the line alone, by rule; remarks only where the rule was expected."""
        found = Controle().verifier([Ligne(self.texte, self.genre)])
        kept = [each for each in found if each.niveau is not Niveau.INFO or each.regle in self.attendues]
        return {constat.regle: constat for constat in sorted(kept, key=lambda each: each.niveau is not Niveau.INFO)}


def lire(*names: str) -> list[Exemple]:
    """Return the examples of these files."""
    return [exemple for name in names for exemple in _lire(DOSSIER / f"{name}.yaml")]


def _lire(path: Path) -> Iterator[Exemple]:
    for entry in yaml.safe_load(path.read_text(encoding="utf-8")):
        line = {"l": entry} if isinstance(entry, str) else entry
        expected, allowed = frozenset(line.get("r", ())), frozenset(line.get("peut", ()))
        if unknown := (expected | allowed) - REGLES.keys():
            raise ValueError(f"{path.name}: {line['l']}: {unknown}")
        yield Exemple(line["l"], expected, allowed, Genre(line.get("genre", "texte")))


@dataclass
class Mesure:
    """What was found and what was not, by rule and by level."""

    justes: Counter[str] = field(default_factory=Counter)
    fausses: Counter[str] = field(default_factory=Counter)
    oubliees: Counter[str] = field(default_factory=Counter)
    justes_par_niveau: Counter[Niveau] = field(default_factory=Counter)
    fausses_par_niveau: Counter[Niveau] = field(default_factory=Counter)
    ecarts: list[tuple[str, str, str]] = field(default_factory=list)

    def precision(self, rule: str) -> float:
        return part(self.justes[rule], self.fausses[rule])

    def rappel(self, rule: str) -> float:
        return part(self.justes[rule], self.oubliees[rule])

    def precision_du_niveau(self, level: Niveau) -> float:
        return part(self.justes_par_niveau[level], self.fausses_par_niveau[level])

    @property
    def rappel_total(self) -> float:
        return part(self.justes.total(), self.oubliees.total())


def part(good: int, bad: int) -> float:
    return good / (good + bad) if good + bad else 1.0


def mesurer(examples: Iterable[Exemple]) -> Mesure:
    measure = Mesure()
    for exemple in examples:
        found = exemple.trouvees()
        for rule, constat in found.items():
            if rule in exemple.attendues:
                measure.justes[rule] += 1
                measure.justes_par_niveau[constat.niveau] += 1
            elif rule not in exemple.admises:
                measure.fausses[rule] += 1
                measure.fausses_par_niveau[constat.niveau] += 1
                measure.ecarts.append(("en trop", rule, exemple.texte))
        for rule in exemple.attendues - found.keys():
            measure.oubliees[rule] += 1
            measure.ecarts.append(("manque", rule, exemple.texte))
    return measure
