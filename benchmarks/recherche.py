"""What the glossary costs the search and the reports of editors: 2,000 terms of five names, 1,000 pages, in one run."""

import random
import time
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from unittest.mock import patch

from benchmarks.growth import SEARCH_P95_AT_MOST, Measures, Words, grow, percentile, searches, visit
from glossaire import recherche
from glossaire.lexique import Lexique, Mot
from glossaire.liaison import Nom, cle_de, formes_regulieres
from glossaire.queries import completer, rencontres
from socle import memo
from socle.search.synonymes import Synonymes
from tests.harness.server import demo_database

TERMES = 2_000
PAGES = 1_000
RUNS = 5
# A report reads every public text once for each state of the content; seconds, on a machine that does other things.
RAPPORT_AU_PLUS = 10


def glossaire(words: Words) -> Lexique:
    """Return terms named by the words of the demo: a frequent one in ten, so that most searches meet some."""
    rng = random.Random(TERMES)
    frequent, every = words.frequent[:200], sorted({word for word in words.drawn if len(word) > 3})
    mots: dict[int, Mot] = {}
    noms: list[Nom] = []
    for pk in range(1, TERMES + 1):
        textes = [" ".join(rng.choices(every, k=rng.choice((1, 2, 3)))) for _name in range(3)]
        if not pk % 10:
            textes[0] = frequent[pk // 10 - 1]
        sigle = "".join(rng.choices("ACDEFGHILMPRSTU", k=4))
        noms += [Nom(texte, pk, rang=rang) for rang, texte in enumerate(textes)]
        noms.append(Nom(sigle, pk, sigle=True, rang=3))
        noms += [Nom(forme, pk, rang=4) for forme in sorted(formes_regulieres(textes[0], "fr"))[:1]]
        mots[pk] = Mot(
            *(pk, uuid.UUID(int=pk), textes[0], sigle, "", "Ce que veut dire le mot.", True, f"/fr/glossaire/{pk}/"),
            noms=(*textes, sigle),
        )
    return Lexique("fr", -1, mots, {cle_de(nom.texte): nom.terme for nom in reversed(noms)}, tuple(noms))


@contextmanager
def lexique(mots: Lexique) -> Iterator[None]:
    """Make the search and the reports know these terms, and no others."""
    with ExitStack() as stack:
        for module in (recherche, rencontres, completer):
            stack.enter_context(patch.object(module, "lexique", lambda _langue: mots))
        memo.forget()
        yield
    memo.forget()


def measure() -> bool:
    with demo_database():
        words = Words.read()
        grow(words, PAGES)
        terms = glossaire(words)
        asked = searches(words)
        asked["search, names of terms"] = [f"/fr/recherche/?q={mot.titre}" for mot in list(terms)[9:200:10]]
        asked["suggestions"] = [f"/fr/recherche/suggestions/?q={word[:4]}" for word in words.frequent[:10]]
        found: dict[str, list[Measures]] = {}
        for kind, addresses in asked.items():
            for known in (Lexique("fr", -2), terms):
                with lexique(known):
                    found.setdefault(kind, []).append(visit(addresses, RUNS))
        return _search(found) & _made(terms) & _reports(terms)


def _search(found: dict[str, list[Measures]]) -> bool:
    print(f"  {'':28}{'without':>18}{'with the glossary':>24}")
    print(f"  {'':28}{'queries':>8}{'p50':>10}{'queries':>12}{'p50':>12}")
    passed = True
    worst: list[float] = []
    for kind, (without, those) in found.items():
        print(
            f"  {kind:28}{max(without.queries):>8}{percentile(without.best, 50):>7.1f} ms"
            f"{max(those.queries):>12}{percentile(those.best, 50):>9.1f} ms"
        )
        worst += those.best if kind != "suggestions" else []
        if max(those.queries) > max(without.queries):
            print(f"  {kind}: the glossary costs queries")
            passed = False
    p95 = percentile(worst, 95)
    print(f"  search with {TERMES} terms, best of {RUNS}: p95 {p95:.1f} ms (at most {SEARCH_P95_AT_MOST} ms)")
    return passed and p95 <= SEARCH_P95_AT_MOST


def _made(terms: Lexique) -> bool:
    start = time.process_time()
    made = Synonymes([recherche.Noms(terms).synonymes], "fr")
    print(f"  synonyms made once for each version: {(time.process_time() - start) * 1000:.0f} ms")
    return bool(made)


def _reports(terms: Lexique) -> bool:
    with lexique(terms):
        start = time.perf_counter()
        seen = rencontres.rencontres("fr")
        first = time.perf_counter() - start
        start = time.perf_counter()
        number = len(completer.sigles_a_expliquer("fr")) + len(completer.jamais_rencontres("fr"))
        again = time.perf_counter() - start
    print(
        f"  reports: {seen.pages} texts read in {first:.1f} s (at most {RAPPORT_AU_PLUS} s), then {again * 1000:.0f} ms"
        f" for {number} rows"
    )
    return first < RAPPORT_AU_PLUS
