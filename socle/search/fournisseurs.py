"""Apps above that the search asks: one that fails says nothing, and the search answers without it."""

import logging
from collections.abc import Callable
from typing import ParamSpec, TypeVar

logger = logging.getLogger(__name__)

P = ParamSpec("P")
T = TypeVar("T")


def demander(provider: Callable[P, T], defaut: T, *args: P.args, **kwargs: P.kwargs) -> T:
    """Return what `provider` answers, or `defaut` where it fails."""
    try:
        return provider(*args, **kwargs)
    except Exception:
        logger.exception("The search asked %s in vain", getattr(provider, "__qualname__", provider))
        return defaut
