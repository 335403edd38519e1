"""How long the glossary takes: its words put together for a language, then found and linked in a long page."""

import random
import re
import statistics
import time
from collections import Counter
from collections.abc import Iterator
from itertools import cycle
from typing import Any

from glossaire.liaison import Nom, Relie, Reperage, formes_regulieres, relier
from home.demo import sources

TERMES = 2_000
NOMS_PAR_TERME = 5
MOTS = 3_000
RUNS = 30
MS_AT_MOST = 10
# One page costs less than this many runs of the loop below, about 1 ms on a machine of 2024.
LOOPS_AT_MOST = 10

SIGLES = "ACDEFGHILMPRSTU"
LANGUES = ("fr", "en", "ar", "es")


def _textes(valeur: Any) -> Iterator[str]:
    """Return the rich texts of a content of the demonstration."""
    if isinstance(valeur, str):
        if valeur.startswith("<"):
            yield valeur
    elif isinstance(valeur, dict | list):
        for dedans in valeur.values() if isinstance(valeur, dict) else valeur:
            yield from _textes(dedans)


def page(langue: str) -> str:
    """Return 3,000 words of the fiches of a language, as the editor gives them, with headings, bold, links."""
    textes = list(_textes(sources.fiches(langue)))
    morceaux: list[str] = []
    mots = 0
    for rang, texte in enumerate(cycle(textes)):
        if not rang % 4:
            morceaux.append(f'<h2 id="h{rang}">{" ".join(_mots(texte)[:5])}</h2>\n')
        milieu = _mots(texte)[len(_mots(texte)) // 2]
        balise = "<b>{}</b>" if rang % 2 else '<a href="/fiches/une-fiche/">{}</a>'
        morceaux.append(texte.replace(f" {milieu} ", f"&nbsp;{balise.format(milieu)} ", 1))
        mots += len(_mots(texte))
        if mots >= MOTS:
            break
    return "".join(morceaux)


def _mots(html: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", re.sub("<[^>]*>|&[a-z]+;", " ", html))


def noms(langue: str, html: str) -> list[Nom]:
    """Return the names of the terms, acronyms and plurals with them.

    One in ten is made of words that follow each other in the page, and is met; the others of the same words, so that
    many begin like what is written.
    """
    hasard = random.Random(langue)
    mots = _mots(html)
    communs = dict(Counter(mots).most_common(100))
    rares = sorted({mot for mot in mots if len(mot) > 3 and mot not in communs})
    tous: list[Nom] = []
    for terme in range(TERMES):
        longueur = hasard.choice((1, 2, 2, 3, 3, 4))
        place = hasard.randrange(len(mots) - longueur)
        rencontre = " ".join(mots[place : place + longueur]) if longueur > 1 else hasard.choice(rares)
        textes = [" ".join(hasard.choices(rares, k=hasard.choice((2, 3, 4)))) for _nom in range(3)]
        if not terme % 10:
            textes[0] = rencontre
        if not terme % 4:
            tous.append(Nom("".join(hasard.choices(SIGLES, k=hasard.choice((2, 3, 3, 4, 4)))), terme, sigle=True))
            del textes[2]
        formes = [forme for texte in textes for forme in sorted(formes_regulieres(texte, langue))]
        formes += [f"{texte} {hasard.choice(rares)}" for texte in textes]
        tous += [Nom(texte, terme, rang=min(rang, 1)) for rang, texte in enumerate(textes)]
        tous += [Nom(forme, terme, rang=2) for forme in formes[:2]]
    return tous


def measure() -> bool:
    passed = True
    print(f"  {TERMES} terms of {NOMS_PAR_TERME} names, a page of {MOTS} words")
    print(f"    {'':<4}{'built':>10}{'linked: median':>18}{'best':>10}{'loops':>8}{'links':>8}")
    for langue in LANGUES:
        passed &= _measure(langue)
    print(f"  (a page: at most {MS_AT_MOST} ms, or {LOOPS_AT_MOST} plain loops)")
    return passed


def _measure(langue: str) -> bool:
    html = page(langue)
    names = noms(langue, html)
    start = time.process_time()
    reperage = Reperage(names, langue)
    built = (time.process_time() - start) * 1000
    times = []
    for _run in range(RUNS):
        start = time.process_time()
        found = _lier(html, reperage)
        times.append((time.process_time() - start) * 1000)
    loops = min(times) / min(_loop() for _run in range(RUNS))
    print(
        f"    {langue:<4}{built:>7.0f} ms{statistics.median(times):>15.1f} ms{min(times):>7.1f} ms"
        f"{loops:>8.1f}{len(found.termes):>8}"
    )
    # A page where nothing is found would be quick, and measure nothing.
    return len(found.termes) > MOTS / 100 and (statistics.median(times) < MS_AT_MOST or loops < LOOPS_AT_MOST)


def _lier(html: str, reperage: Reperage) -> Relie:
    return relier(html, reperage, lien=lambda terme, mots: f'<a href="#mot-{terme}" data-mot="{terme}">{mots}</a>')


def _loop() -> float:
    """Return what the same processor takes for a loop that never changes, in milliseconds."""
    start = time.process_time()
    total = 0
    for number in range(20_000):
        total += number
    return (time.process_time() - start) * 1000
