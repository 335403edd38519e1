"""How long the drills last: a moment in `make test`, as long as it takes in `make drill`."""

import multiprocessing
import os
import traceback
from collections.abc import Callable, Iterable
from typing import Any

from django.db import connection

LONG = os.environ.get("DRILL") == "1"
FORK = multiprocessing.get_context("fork")


def dure(court: int, long: int) -> int:
    return long if LONG else court


class Processus:
    """A real process with a database connection of its own, that begins when all of its group are there."""

    def __init__(self, faire: Callable[..., Any], *arguments: Any, depart: Any = None) -> None:
        self.recu, self._envoi = FORK.Pipe(duplex=False)
        self.process = FORK.Process(target=self._run, args=(faire, arguments, depart), daemon=True)

    def _run(self, faire: Callable[..., Any], arguments: tuple[Any, ...], depart: Any) -> None:
        try:
            if depart is not None:
                depart.wait(timeout=30)
            self._envoi.send((faire(*arguments), ""))
        except BaseException:  # noqa: BLE001 -- whatever it is, the test tells it
            self._envoi.send((None, traceback.format_exc()))
        finally:
            connection.close()

    def start(self) -> "Processus":
        # A connection is not shared: each process opens its own.
        connection.close()
        self.process.start()
        return self

    def resultat(self, seconds: float = 1200) -> Any:
        assert self.recu.poll(seconds), "the process says nothing"
        result, error = self.recu.recv()
        self.process.join(timeout=30)
        assert not error, error
        return result


def ensemble(faire: Callable[..., Any], arguments: Iterable[tuple[Any, ...]]) -> list[Any]:
    """Run the same in as many processes as there are arguments, all at once; return what each returns."""
    groups = list(arguments)
    depart = FORK.Barrier(len(groups))
    started = [Processus(faire, *each, depart=depart).start() for each in groups]
    return [process.resultat() for process in started]
