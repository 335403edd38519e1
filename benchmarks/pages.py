"""Queries, time and weight of each kind of page, rendered in this process."""

import gzip
import logging
import statistics
import time

from django.core.cache import cache
from django.test import Client

from socle import page_cache
from tests.harness import database
from tests.harness.pages import addresses
from tests.harness.queries import queries_of
from tests.harness.server import demo_database

QUERIES_AT_MOST = 15
HTML_AT_MOST = 25_000
RUNS = 15


def measure() -> bool:
    # The 404 page is measured too; nobody needs to be told that it was not found.
    logging.getLogger("django.request").setLevel(logging.ERROR)
    with demo_database() as name:
        found = addresses(name)
        with database.connected_to(name):
            print(f"  {'page':16}{'queries':>8}{'uncached':>11}{'html, gzipped':>15}")
            outcomes = [report(template, url) for (template, language), url in found.items() if language == "fr"]
    return all(outcomes)


def report(template: str, url: str) -> bool:
    client = Client(HTTP_HOST="localhost")
    body = client.get(url).content
    times = []
    for _ in range(RUNS):
        cache.clear()
        page_cache.store.clear()
        start = time.perf_counter()
        client.get(url)
        times.append(time.perf_counter() - start)
    queries = len(queries_of(lambda: client.get(url)))
    weight = len(gzip.compress(body))
    passed = queries <= QUERIES_AT_MOST and weight <= HTML_AT_MOST
    milliseconds = statistics.median(times) * 1000
    print(f"  {template:16}{queries:8}{milliseconds:8.1f} ms{weight:13} B{'' if passed else '   too much'}")
    return passed
