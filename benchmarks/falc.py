"""How right the checker of easy-to-read French is, rule by rule, and how long a page takes."""

import statistics
import time

from tests.variantes.falc.corpus import Mesure, lire, mesurer
from variantes.falc import REGLES, Controle, Genre, Ligne, Niveau

TRAVAIL = ("travail_administratif", "travail_falc", "travail_pieges")
RESERVE = ("reserve_administratif", "reserve_falc", "reserve_pieges", "reserve_bis")
PRECISION = {Niveau.ERREUR: 0.95, Niveau.ATTENTION: 0.9}
MOTS = 600
RUNS = 30
MS_AT_MOST = 20
# One page costs less than this many runs of the loop below, about 1 ms on a machine of 2024.
LOOPS_AT_MOST = 20


def measure() -> bool:
    passed = True
    for title, names in (("worked on", TRAVAIL), ("held out", RESERVE)):
        examples = lire(*names)
        found = mesurer(examples)
        print(f"  {title}: {len(examples)} lines")
        passed &= _report(found)
    passed &= _time()
    return passed


def _report(found: Mesure) -> bool:
    print(f"    {'rule':<24}{'right':>6}{'wrong':>6}{'missed':>7}{'precision':>11}{'recall':>8}")
    for rule in sorted(REGLES.values(), key=lambda each: (each.numero, each.nom)):
        right, wrong, missed = found.justes[rule.nom], found.fausses[rule.nom], found.oubliees[rule.nom]
        if right + wrong + missed:
            label = f"{rule.numero:>2} {rule.nom}"
            rates = f"{found.precision(rule.nom):>10.0%}{found.rappel(rule.nom):>9.0%}"
            print(f"    {label:<24}{right:>6}{wrong:>6}{missed:>7}{rates}")
    passed = True
    for level, least in PRECISION.items():
        precision = found.precision_du_niveau(level)
        passed &= precision >= least
        print(f"    {level.value}: precision {precision:.1%} (at least {least:.0%})")
    print(f"    recall {found.rappel_total:.1%}")
    return passed


def page() -> list[Ligne]:
    """Return a page of 600 words: lines of the corpus, good and bad, as they come."""
    lines = [Ligne("Un titre", Genre.TITRE, rang=2)]
    words = 0
    for good, bad in zip(lire("travail_falc"), lire("travail_administratif"), strict=False):
        for exemple in (good, good, bad):
            lines.append(Ligne(exemple.texte))
            words += len(exemple.texte.split())
            if words >= MOTS:
                return lines
    return lines


def _time() -> bool:
    lines = page()
    times = []
    for _run in range(RUNS):
        start = time.process_time()
        Controle().verifier(lines)
        times.append((time.process_time() - start) * 1000)
    loops = min(times) / min(_loop() for _run in range(RUNS))
    print(f"  a page of {MOTS} words: median {statistics.median(times):.1f} ms, best {min(times):.1f} ms")
    print(f"  (at most {MS_AT_MOST}, or {LOOPS_AT_MOST} plain loops: {loops:.0f})")
    return min(times) < MS_AT_MOST or loops < LOOPS_AT_MOST


def _loop() -> float:
    """Return what the same processor takes for a loop that never changes, in milliseconds."""
    start = time.process_time()
    total = 0
    for number in range(20_000):
        total += number
    return (time.process_time() - start) * 1000
