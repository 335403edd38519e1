"""Answers that stay true until public content changes.

What pages ask again and again is asked once per content generation in each process: the site, its settings and menus
(`per_generation`, for arguments that are few), what links, pictures and cards show (`shelf`). Only for what is the same
for every reader.
"""

from collections.abc import Callable, Hashable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from socle import generation

P = ParamSpec("P")
T = TypeVar("T")
# Arguments may come from a request (a host, a language): memory stays bounded whatever they are.
LIMIT = 1000
_answers: dict[tuple[Hashable, ...], tuple[int, Any]] = {}
_shelves: dict[tuple[Hashable, ...], tuple[int, Any]] = {}


def per_generation(function: Callable[P, T]) -> Callable[P, T]:
    """Remember the answers of `function`, whose positional arguments are hashable, until the content changes.

    The answers are shared: callers must not change them.
    """

    @wraps(function)
    def remembered(*args: P.args, **kwargs: P.kwargs) -> T:
        number = generation.current()
        key = (function, *args, *sorted(kwargs.items()))
        kept = _answers.get(key)
        if kept is not None and kept[0] == number:
            answer: T = kept[1]
            return answer
        answer = function(*args, **kwargs)
        if len(_answers) >= LIMIT:
            _answers.clear()
        _answers[key] = (number, answer)
        return answer

    return remembered


def shelf(make: Callable[[], T], *name: Hashable, limit: int) -> T:
    """Return the collection of that name which fills up until the content changes, or passes `limit` objects.

    `make` makes an empty one, whose `len()` is its number of objects. What is put in it is shared: nobody may change
    it. A reader keeps the same one until the end of their page.
    """
    number = generation.current()
    kept = _shelves.get(name)
    if kept is None or kept[0] != number or len(kept[1]) >= limit:
        kept = _shelves[name] = (number, make())
    found: T = kept[1]
    return found


def forget() -> None:
    """Forget every answer, between tests."""
    _answers.clear()
    _shelves.clear()
    generation.forget()
