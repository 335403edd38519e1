"""The address of the visitor, which a proxy hides behind its own: without it, one limit would hold for everybody."""

import ipaddress
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse


class ForwardedAddressMiddleware:
    """Reads the address that the outermost of our proxies wrote, never one that the visitor may have written."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if address := visitor(request.META.get("HTTP_X_FORWARDED_FOR", ""), settings.TRUSTED_PROXIES):
            request.META["REMOTE_ADDR"] = address
        return self.get_response(request)


def visitor(forwarded: str, proxies: int) -> str:
    """Return the address that `proxies` proxies in a row vouch for; nothing when they do not."""
    addresses = [address.strip() for address in forwarded.split(",")]
    if not 0 < proxies <= len(addresses):
        return ""
    try:
        return str(ipaddress.ip_address(addresses[-proxies]))
    except ValueError:
        return ""
