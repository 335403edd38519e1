"""What a process remembers between two requests, and would between two tests."""

from django.core.cache import cache

from glossaire import explications, exports, lexique
from socle import memo, page_cache


def forget() -> None:
    """Be again as a process that has just started."""
    cache.clear()
    memo.forget()
    page_cache.store.clear()
    lexique.oublier()
    explications.resultats.clear()
    exports.oublier()
