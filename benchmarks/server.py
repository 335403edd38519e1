"""Requests per second of the real server, two workers, on this machine."""

import http.client
import os
import time
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

from tests.harness.pages import addresses
from tests.harness.server import RUN, Server, shared_server, stop_shared_server

REQUESTS = 400
CLIENTS = 4
TEMPLATES = ["accueil", "index", "fiche", "recherche"]


def measure() -> bool:
    os.environ.setdefault(RUN, str(os.getpid()))
    try:
        server = shared_server()
        found = addresses(server.database)
        for template in TEMPLATES:
            rate = requests_per_second(server, found[template, "fr"])
            print(f"  {template:16}{rate:8.0f} requests/s")
    finally:
        stop_shared_server()
    return True


def requests_per_second(server: Server, path: str) -> float:
    """Return the rate of a bounded number of requests, each client keeping its connection."""
    visit(server, path, CLIENTS)
    start = time.perf_counter()
    with ThreadPoolExecutor(CLIENTS) as pool:
        list(pool.map(lambda _: visit(server, path, REQUESTS // CLIENTS), range(CLIENTS)))
    return REQUESTS / (time.perf_counter() - start)


def visit(server: Server, path: str, times: int) -> None:
    connection = http.client.HTTPConnection(urlsplit(server.url).netloc, timeout=30)
    for _ in range(times):
        connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
        response = connection.getresponse()
        response.read()
        if response.status != 200:
            raise RuntimeError(f"{response.status} for {path}")
    connection.close()
