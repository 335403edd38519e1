"""Pages, pictures and documents that a page refers to, fetched together.

Wagtail fetches them block by block and link by link. While a public page is rendered, everything that will be needed is
announced first (`want`); the first use of one object then fetches all those of its kind in one query. Outside the
rendering of a page nothing is remembered: `current()` returns an empty directory each time.
"""

from collections.abc import Callable, Iterable
from contextvars import ContextVar
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.core.signals import request_finished, request_started
from django.utils.translation import get_language
from wagtail.models import Page

from socle.frame import frame
from socle.queries import public_pages

# What a link, a breadcrumb or a language switch shows of a page.
LINK_FIELDS = ("title", "path", "depth", "url_path", "locale", "translation_key", "content_type")
T = TypeVar("T")


class Batch(Generic[T]):
    """Objects of one kind by primary key."""

    def __init__(self, fetch: Callable[[set[int]], dict[int, T]]) -> None:
        self._fetch = fetch
        self._wanted: set[int] = set()
        self._found: dict[int, T | None] = {}

    def want(self, ids: Iterable[int | None]) -> None:
        """Announce that these objects will be needed."""
        self._wanted.update(pk for pk in ids if pk)

    def get(self, pk: int | None) -> T | None:
        """Return the object, or None when there is none that may be shown."""
        if not pk:
            return None
        self.want([pk])
        self.load()
        return self._found[pk]

    def load(self) -> None:
        """Fetch what was announced and not fetched yet."""
        if missing := self._wanted - self._found.keys():
            found = self._fetch(missing)
            self._found.update({key: found.get(key) for key in missing})


def _fetch_images(ids: set[int]) -> dict[int, Any]:
    from socle.images import avec_rendus
    from socle.models import Illustration

    return {image.pk: image for image in avec_rendus(Illustration.objects.filter(pk__in=ids))}


def _fetch_documents(ids: set[int]) -> dict[int, Any]:
    from socle.models import Fichier

    return Fichier.objects.in_bulk(ids)


def _fetch_cards(ids: set[int]) -> dict[int, Any]:
    from socle.cards import fetch_cards

    return fetch_cards(ids)


class Pages:
    """Readable pages by id, by translation key and by place in the tree, in one query for all that was announced."""

    def __init__(self) -> None:
        self._ids: set[int] = set()
        self._keys: set[UUID] = set()
        self._paths: set[str] = set()
        self._known_ids: set[int] = set()
        self._known_keys: set[UUID] = set()
        self._known_paths: set[str] = set()
        self._by_id: dict[int, Page] = {}

    def want(self, ids: Iterable[int | None] = (), keys: Iterable[UUID] = (), paths: Iterable[str] = ()) -> None:
        """Announce pages: by id and by translation key with all their language versions, by path alone."""
        self._ids.update(pk for pk in ids if pk)
        self._keys.update(keys)
        self._paths.update(paths)

    def _load(self) -> None:
        ids, keys, paths = self._ids - self._known_ids, self._keys - self._known_keys, self._paths - self._known_paths
        if not (ids or keys or paths):
            return
        of_ids = Page.objects.filter(pk__in=ids).order_by().values("translation_key")
        # Separate lookups joined by UNION: with OR, PostgreSQL would read the whole table.
        wanted = (
            Page.objects.filter(translation_key__in=of_ids)
            .order_by()
            .values("pk")
            .union(
                Page.objects.filter(translation_key__in=keys).order_by().values("pk"),
                Page.objects.filter(path__in=paths).order_by().values("pk"),
            )
        )
        locales = frame().locales
        for page in public_pages().filter(pk__in=wanted).only(*LINK_FIELDS):
            if page.locale_id in locales:
                page.locale = locales[page.locale_id]
            self._by_id[page.pk] = page
        self._known_ids |= ids
        self._known_keys |= keys
        self._known_paths |= paths

    def by_id(self, pk: int, language_code: str | None = None) -> Page | None:
        """The page, in that language (the active one by default) where that version exists."""
        self.want(ids=[pk])
        self._load()
        page = self._by_id.get(pk)
        if page is None:
            return None
        return self.in_language(page.translation_key, language_code or get_language() or "") or page

    def versions(self, key: UUID) -> list[Page]:
        """Every language version."""
        self.want(keys=[key])
        self._load()
        return [page for page in self._by_id.values() if page.translation_key == key]

    def in_language(self, key: UUID, language_code: str) -> Page | None:
        """The version in that language, of a page that was announced."""
        found = (page for page in self._by_id.values() if page.translation_key == key)
        return next((page for page in found if page.locale.language_code == language_code), None)

    def by_path(self, path: str) -> Page | None:
        self.want(paths=[path])
        self._load()
        return next((page for page in self._by_id.values() if page.path == path), None)


class Directory:
    """What a page refers to."""

    def __init__(self) -> None:
        self.pages = Pages()
        self.images: Batch[Any] = Batch(_fetch_images)
        self.documents: Batch[Any] = Batch(_fetch_documents)
        self.cards: Batch[Any] = Batch(_fetch_cards)


_current: ContextVar[Directory | None] = ContextVar("directory", default=None)


def is_open() -> bool:
    """Whether a page is being rendered."""
    return _current.get() is not None


def current() -> Directory:
    """The directory of the page being rendered, or an empty one."""
    return _current.get() or Directory()


def open_directory() -> Directory:
    """Start to remember, until the end of the request."""
    directory = Directory()
    _current.set(directory)
    return directory


def close_directory(**kwargs: Any) -> None:
    """Forget everything: nothing shown to the next reader may be older than their request."""
    _current.set(None)


request_started.connect(close_directory, dispatch_uid="socle.directory.started")
request_finished.connect(close_directory, dispatch_uid="socle.directory.finished")
