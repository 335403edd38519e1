"""Requests per second of the real server, next to a bare Django view served the same way in the same run.

Both servers run gunicorn with the project's configuration and two processes. Each measure of the site comes just after
one of the bare view, and the median of these pairs counts: another task of the machine slows both, or one pair.
"""

import itertools
import os
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from benchmarks import load
from tests.harness import database
from tests.harness import server as harness
from tests.harness.pages import addresses

GUNICORN = "site/plateforme/gunicorn.py"
ROUNDS = 9
BARE, CACHED, UNCACHED = 1200, 1200, 48
TEMPLATES = ["accueil", "index", "fiche"]
# Against the bare view of the same run.
CACHED_AT_LEAST = 0.60
UNCACHED_AT_LEAST = 90 / 4000


@dataclass
class Measures:
    """The loads of one address, round after round, and the rate of each against the bare view just before it."""

    loads: list[load.Load] = field(default_factory=list)
    shares: list[float] = field(default_factory=list)

    @property
    def share(self) -> float:
        return statistics.median(self.shares)

    @property
    def whole(self) -> load.Load:
        return load.merged(self.loads)

    def report(self) -> str:
        whole = self.whole
        return f"{whole.rate:8.0f} /s  p50 {whole.percentile(50):6.1f}  p95 {whole.percentile(95):6.1f} ms"


@contextmanager
def servers() -> Iterator[tuple[str, str, str]]:
    """(URL of the site, URL of the bare view, database of the site), both served with the project's configuration."""
    with database.server() as connection:
        model = harness.ensure_demo_database(connection)
    harness.ensure_static_files(model)
    with database.private_copy(harness.ensure_demo_database, f"bench_{os.getpid()}") as name:
        environ = {**harness.environment(name), "WEB_CONCURRENCY": "2"}
        site, site_pid = harness.serve(["--config", GUNICORN], environ, "/healthz")
        bare, bare_pid = harness.serve(["--config", GUNICORN, "benchmarks.bare_wsgi"], environ, "/")
        try:
            yield site, bare, name
        finally:
            harness.stop(site_pid)
            harness.stop(bare_pid)


def fresh(path: str) -> Iterator[str]:
    """The same page under addresses that no cache knows."""
    separator = "&" if "?" in path else "?"
    return (f"{path}{separator}bench={number}" for number in itertools.count(time.time_ns()))


def measure() -> bool:
    with servers() as (site, bare, name):
        found = addresses(name)
        paths = {template: found[template, "fr"] for template in TEMPLATES} | {"recherche": "/fr/recherche/?q=reunion"}
        reference = Measures()
        cached = {template: Measures() for template in paths}
        uncached = {template: Measures() for template in paths}
        load.run(bare, itertools.repeat("/"), 100)
        for path in paths.values():
            load.run(site, itertools.repeat(path), 100)
        for _ in range(ROUNDS):
            for template, path in paths.items():
                for measures, addresses_of, requests in (
                    (uncached[template], fresh(path), UNCACHED),
                    (cached[template], itertools.repeat(path), CACHED),
                ):
                    reference.loads.append(load.run(bare, itertools.repeat("/"), BARE))
                    measures.loads.append(load.run(site, addresses_of, requests))
                    measures.shares.append(measures.loads[-1].rate / reference.loads[-1].rate)
    print(f"  {'bare view':22}{reference.report()}")
    passed = True
    for kind, found_of, least in (("cached", cached, CACHED_AT_LEAST), ("uncached", uncached, UNCACHED_AT_LEAST)):
        for template, measured in found_of.items():
            verdict = "" if measured.share >= least else f"   less than {least:.2%}"
            print(f"  {template + ', ' + kind:22}{measured.report()}  {measured.share:7.2%} of the bare view{verdict}")
            passed &= measured.share >= least
    return passed
