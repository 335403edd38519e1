"""One record for each request: which view answered, how, and how long it took; not to whom, nor to which words."""

import logging
import re
import time
import uuid
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from plateforme.log_records import request_id, route_of

logger = logging.getLogger("plateforme.requests")

# A proxy may number the requests itself; anything that is not such a number could be words.
NUMBER = re.compile(r"[0-9a-f-]{16,40}")
UNLOGGED = ("/healthz", "/readyz", settings.STATIC_URL)


class RequestLogMiddleware:
    """Stands before everything else, the page cache included."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.META.get("HTTP_X_REQUEST_ID", "")
        identifier = given if NUMBER.fullmatch(given) else uuid.uuid4().hex
        token = request_id.set(identifier)
        start = time.perf_counter()
        try:
            response = self.get_response(request)
            response["X-Request-ID"] = identifier
            if settings.LOG_REQUESTS and not request.path_info.startswith(UNLOGGED):
                logger.info("Request", extra=_facts(request, response, time.perf_counter() - start))
            return response
        finally:
            request_id.reset(token)


def _facts(request: HttpRequest, response: HttpResponse, seconds: float) -> dict[str, object]:
    method = request.method if request.method in {"GET", "HEAD", "POST"} else "OTHER"
    page = getattr(request, "page_courante", None)
    facts: dict[str, object] = {
        "method": method,
        "route": route_of(request),
        "status": response.status_code,
        "duration_ms": round(seconds * 1000, 1),
    }
    return facts | ({"page": page._meta.label} if page is not None else {})
