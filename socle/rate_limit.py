"""Limits on what one address may send, without ever storing the address."""

from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac


def allowed(request: HttpRequest, action: str, *, limit: int, period: int, sender: str = "") -> bool:
    """Count one more `action` from the sender's address; false above `limit` in `period` seconds.

    With `sender`, count for that instead: what would be mailed to one person by many machines.
    """
    return allowed_to(sender or request.META.get("REMOTE_ADDR", ""), action, limit=limit, period=period)


def allowed_to(who: str, action: str, *, limit: int, period: int) -> bool:
    """Count one more `action` for somebody, whoever asks for it; false above `limit` in `period` seconds."""
    key = f"rate:{action}:{salted_hmac('socle.rate_limit', f'{action}:{who}').hexdigest()}"
    if cache.add(key, 1, timeout=period):
        return limit >= 1
    try:
        return cache.incr(key) <= limit
    except ValueError:  # expired between the two calls
        cache.set(key, 1, timeout=period)
        return limit >= 1
