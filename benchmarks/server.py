"""Requests per second of the real server, next to a bare Django view served the same way in the same run.

Both servers run gunicorn with the project's configuration and two processes. They are measured in turn, several times
each, so that another task of the machine slows both.
"""

import itertools
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from benchmarks import load
from tests.harness import database
from tests.harness import server as harness
from tests.harness.pages import addresses

GUNICORN = "site/plateforme/gunicorn.py"
ROUNDS = 5
BARE, CACHED, UNCACHED = 1600, 800, 48
TEMPLATES = ["accueil", "index", "fiche"]
# Against the bare view of the same run.
CACHED_AT_LEAST = 0.60
UNCACHED_AT_LEAST = 90 / 4000


@dataclass
class Measures:
    """The loads of one address, round after round."""

    loads: list[load.Load] = field(default_factory=list)

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
            reference.loads.append(load.run(bare, itertools.repeat("/"), BARE))
            for template, path in paths.items():
                uncached[template].loads.append(load.run(site, fresh(path), UNCACHED))
                cached[template].loads.append(load.run(site, itertools.repeat(path), CACHED))
    print(f"  {'bare view':22}{reference.report()}")
    passed = True
    for kind, measures, least in (("cached", cached, CACHED_AT_LEAST), ("uncached", uncached, UNCACHED_AT_LEAST)):
        for template, measured in measures.items():
            share = measured.whole.rate / reference.whole.rate
            verdict = "" if share >= least else f"   less than {least:.2%}"
            print(f"  {template + ', ' + kind:22}{measured.report()}  {share:7.2%} of the bare view{verdict}")
            passed &= share >= least
    return passed
