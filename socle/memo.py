"""Answers that stay true until public content changes.

What every page asks again (the site, its settings, its menus, the vocabularies) is asked once per content generation in
each process. Only for what is the same for every reader, and for arguments that are few.
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


def forget() -> None:
    """Forget every answer, between tests."""
    _answers.clear()
    generation.forget()
