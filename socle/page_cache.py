"""Public pages kept ready to send, in the memory of each process.

A response is kept under its address and the content generation: any change of public content makes every older entry
unreachable, and no rule says which page shows what. Nothing is kept unless its view says that it may be shown to
anyone, and nothing is served from here to a reader who has a session.
"""

import datetime
import hashlib
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils import timezone
from django.utils.http import parse_etags

from socle import generation

Key = tuple[int, datetime.date, bool, str, str, str, bool]

# Every reader revalidates; an unchanged page costs them an empty answer.
PUBLIC = "public, max-age=0, must-revalidate"
PRIVATE = "private, no-store"


def allow(response: HttpResponse) -> HttpResponse:
    """Mark a response as the same for everyone who has no session."""
    response.is_for_everyone = True  # type: ignore[attr-defined]  # read by the middleware
    return response


@dataclass(frozen=True)
class Entry:
    """A response as it goes out."""

    content: bytes
    headers: tuple[tuple[str, str], ...]
    etag: str


class Store:
    """The entries last used, within a limit of bytes."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self._size = 0
        self._entries: OrderedDict[Key, Entry] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Key) -> Entry | None:
        with self._lock:
            entry = self._entries.get(key)
            if entry is not None:
                self._entries.move_to_end(key)
            return entry

    def put(self, key: Key, entry: Entry) -> None:
        if len(entry.content) > self.limit // 10:
            return
        with self._lock:
            if previous := self._entries.pop(key, None):
                self._size -= len(previous.content)
            self._entries[key] = entry
            self._size += len(entry.content)
            while self._size > self.limit:
                _oldest, dropped = self._entries.popitem(last=False)
                self._size -= len(dropped.content)

    def clear(self) -> None:
        with self._lock:
            self._entries.clear()
            self._size = 0

    def __len__(self) -> int:
        return len(self._entries)


store = Store(settings.PAGE_CACHE_BYTES)


class PageCacheMiddleware:
    """Stands outermost: a kept page costs no session, no language, no template, and at most one query a second."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in {"GET", "HEAD"} or not settings.PAGE_CACHE:
            return self._headers(request, self.get_response(request))
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            return self._headers(request, self.get_response(request))
        key = self._key(request)
        entry = store.get(key)
        if entry is None:
            response = self.get_response(request)
            if not self._may_keep(response):
                return self._headers(request, response)
            entry = self._keep(key, response)
        return self._answer(request, entry)

    def _key(self, request: HttpRequest) -> Key:
        return (
            generation.current(),
            # A page may say "today": nothing is shown on the day after.
            datetime.datetime.now(timezone.get_default_timezone()).date(),
            request.is_secure(),
            request.META.get("HTTP_HOST", ""),
            request.path,
            request.META.get("QUERY_STRING", ""),
            "gzip" in request.META.get("HTTP_ACCEPT_ENCODING", ""),
        )

    @staticmethod
    def _may_keep(response: HttpResponse) -> bool:
        return (
            getattr(response, "is_for_everyone", False)
            and response.status_code == 200
            and not response.streaming
            and not response.cookies
        )

    @staticmethod
    def _keep(key: Key, response: HttpResponse) -> Entry:
        etag = f'"{hashlib.blake2b(response.content, digest_size=12).hexdigest()}"'
        response["ETag"] = etag
        response["Cache-Control"] = PUBLIC
        if settings.CDN_MAX_AGE:
            response["Surrogate-Control"] = f"max-age={settings.CDN_MAX_AGE}"
        # The address tells the language, and only readers without a session come here.
        response["Vary"] = "Accept-Encoding"
        entry = Entry(response.content, tuple(response.items()), etag)
        store.put(key, entry)
        return entry

    @staticmethod
    def _answer(request: HttpRequest, entry: Entry) -> HttpResponse:
        known = parse_etags(request.META.get("HTTP_IF_NONE_MATCH", ""))
        if known and (known == ["*"] or entry.etag in {tag.removeprefix("W/") for tag in known}):
            response: HttpResponse = HttpResponseNotModified()
            response["ETag"] = entry.etag
            response["Cache-Control"] = PUBLIC
            response["Vary"] = "Accept-Encoding"
            return response
        response = HttpResponse(entry.content)
        for name, value in entry.headers:
            response[name] = value
        return response

    @staticmethod
    def _headers(request: HttpRequest, response: HttpResponse) -> HttpResponse:
        files = (settings.STATIC_URL, settings.MEDIA_URL)
        if not response.has_header("Cache-Control") and not request.path.startswith(files):
            response["Cache-Control"] = PRIVATE
        return response
