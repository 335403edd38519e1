"""A load generator: keep-alive connections that read whole answers, without an HTTP library in the way."""

import socket
import statistics
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from urllib.parse import urlsplit

CLIENTS = 8


@dataclass
class Load:
    """What one address answered under load: seconds taken by each request, and by all of them together."""

    durations: list[float]
    elapsed: float

    @property
    def rate(self) -> float:
        """Requests per second."""
        return len(self.durations) / self.elapsed

    def percentile(self, rank: int) -> float:
        """Milliseconds within which `rank` per cent of the requests were answered."""
        return statistics.quantiles(self.durations, n=100)[rank - 1] * 1000


def merged(loads: list[Load]) -> Load:
    return Load([one for load in loads for one in load.durations], sum(load.elapsed for load in loads))


def run(url: str, paths: Iterator[str], requests: int) -> Load:
    """Ask the server at `url` for the next of `paths`, `requests` times; raises RuntimeError for any answer but 200."""
    share = requests // CLIENTS
    batches = [[next(paths) for _ in range(share)] for _ in range(CLIENTS)]
    start = time.perf_counter()
    with ThreadPoolExecutor(CLIENTS) as pool:
        durations = [one for batch in pool.map(lambda batch: _visit(url, batch), batches) for one in batch]
    return Load(durations, time.perf_counter() - start)


def _visit(url: str, paths: list[str]) -> list[float]:
    address = urlsplit(url)
    durations = []
    with socket.create_connection((address.hostname, address.port), timeout=30) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for path in paths:
            request = f"GET {path} HTTP/1.1\r\nHost: {address.netloc}\r\nAccept-Encoding: gzip\r\n\r\n"
            start = time.perf_counter()
            connection.sendall(request.encode("ascii"))
            status = _read_answer(connection)
            durations.append(time.perf_counter() - start)
            if status != 200:
                raise RuntimeError(f"{status} for {path}")
    return durations


def _read_answer(connection: socket.socket) -> int:
    received = b""
    while (end := received.find(b"\r\n\r\n")) < 0:
        received += _more(connection)
    head = received[:end].lower()
    length = int(head.partition(b"content-length:")[2].partition(b"\r\n")[0])
    missing = length - (len(received) - end - 4)
    while missing > 0:
        missing -= len(_more(connection))
    return int(head.split(b" ", 2)[1])


def _more(connection: socket.socket) -> bytes:
    data = connection.recv(65536)
    if not data:
        raise RuntimeError("The server closed the connection.")
    return data
