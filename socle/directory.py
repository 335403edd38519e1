"""Pages, pictures and documents that a page refers to, fetched together.

Wagtail fetches them block by block and link by link. While a public page is rendered, everything that will be needed is
announced first (`want`); the first use of one object then fetches all those of its kind in one query. All of it is
public, so that it is kept for the next pages until the content changes. Nobody may change what the directory gives.
"""

from collections.abc import Callable, Hashable, Iterable
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.core.signals import request_finished, request_started
from django.utils.translation import get_language
from wagtail.models import Page

from socle import memo
from socle.frame import frame
from socle.queries import public_pages

# What a link, a breadcrumb or a language switch shows of a page.
LINK_FIELDS = ("title", "path", "depth", "url_path", "locale", "translation_key", "content_type")
# Objects of one kind that a process keeps.
LIMIT = 5000
T = TypeVar("T")


class Batch(Generic[T]):
    """Objects of one kind by primary key."""

    def __init__(self, fetch: Callable[[set[int]], dict[int, T]], *name: Hashable) -> None:
        self._fetch = fetch
        self._wanted: set[int] = set()
        self._found: dict[int, T | None] = memo.shelf(dict, "directory", *name, limit=LIMIT)

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
        """Fetch what was announced and is not known yet, and keep what came with it."""
        if missing := self._wanted - self._found.keys():
            self._found.update({**dict.fromkeys(missing), **self._fetch(missing)})


def _fetch_images(ids: set[int]) -> dict[int, Any]:
    from socle.images import avec_rendus
    from socle.models import Illustration

    return {image.pk: image for image in avec_rendus(Illustration.objects.filter(pk__in=ids))}


def _fetch_documents(ids: set[int]) -> dict[int, Any]:
    from socle.documents import avec_acces
    from socle.models import Fichier

    return {document.pk: document for document in avec_acces(Fichier.objects.filter(pk__in=ids))}


class Cards(Batch[Any]):
    """Cards of pages, in the active language."""

    def __init__(self) -> None:
        # A card speaks the active language.
        super().__init__(self._fetch_cards, "cards", get_language())
        self._types: dict[int, type[Page]] = {}

    def want_of(self, model: type[Page], ids: Iterable[int]) -> None:
        """Announce pages of that type, in the active language: the directory is not asked what they are."""
        known = dict.fromkeys(ids, model)
        self._types.update(known)
        self.want(known)

    def _fetch_cards(self, ids: set[int]) -> dict[int, Any]:
        from socle.cards import fetch_cards

        return fetch_cards(ids, self._types)


@dataclass(frozen=True)
class Lookup:
    """Pages by id and by key, with all their language versions; by place in the tree and by address, alone."""

    ids: set[int] = field(default_factory=set)
    keys: set[UUID] = field(default_factory=set)
    paths: set[str] = field(default_factory=set)
    addresses: set[str] = field(default_factory=set)

    def __bool__(self) -> bool:
        return bool(self.ids or self.keys or self.paths or self.addresses)


class Index:
    """Readable pages by what is asked of them; what is there, with or without a page, has been looked up."""

    def __init__(self) -> None:
        self.by_id: dict[int, Page | None] = {}
        self.by_key: dict[UUID, dict[int, Page]] = {}
        self.by_path: dict[str, Page | None] = {}
        self.by_address: dict[str, Page | None] = {}

    def __len__(self) -> int:
        return len(self.by_id) + len(self.by_path) + len(self.by_address)

    def missing(self, wanted: Lookup) -> Lookup:
        """What nobody has looked up yet."""
        return Lookup(
            wanted.ids - self.by_id.keys(),
            wanted.keys - self.by_key.keys(),
            wanted.paths - self.by_path.keys(),
            wanted.addresses - self.by_address.keys(),
        )

    def add(self, pages: Iterable[Page], asked: Lookup) -> None:
        """Add what was found."""
        found = list(pages)
        versions: dict[UUID, dict[int, Page]] = {key: {} for key in asked.keys}
        by_id: dict[int, Page | None] = dict.fromkeys(asked.ids)
        by_path: dict[str, Page | None] = dict.fromkeys(asked.paths)
        by_address: dict[str, Page | None] = dict.fromkeys(asked.addresses)
        complete = asked.keys | {page.translation_key for page in found if page.pk in asked.ids}
        for page in found:
            if page.translation_key in complete:
                versions.setdefault(page.translation_key, {})[page.pk] = page
                by_id[page.pk] = page
            if page.path in asked.paths:
                by_path[page.path] = page
            if page.url_path in asked.addresses:
                by_address[page.url_path] = page
        # Versions first: another thread that finds an id looks for them next.
        self.by_key.update(versions)
        self.by_id.update(by_id)
        self.by_path.update(by_path)
        self.by_address.update(by_address)


class Pages:
    """Readable pages, in one query for all that was announced."""

    def __init__(self) -> None:
        self._index = memo.shelf(Index, "directory", "pages", limit=LIMIT)
        self._wanted = Lookup()

    def want(
        self,
        ids: Iterable[int | None] = (),
        keys: Iterable[UUID] = (),
        paths: Iterable[str] = (),
        addresses: Iterable[str] = (),
    ) -> None:
        """Announce pages; an address is a path below the root of all sites, as `url_path` has it."""
        self._wanted.ids.update(pk for pk in ids if pk)
        self._wanted.keys.update(keys)
        self._wanted.paths.update(paths)
        self._wanted.addresses.update(addresses)

    def _load(self) -> None:
        if not (asked := self._index.missing(self._wanted)):
            return
        pages = Page.objects.order_by()
        of_ids = pages.filter(pk__in=asked.ids).values("translation_key")
        # Separate lookups joined by UNION: with OR, PostgreSQL would read the whole table.
        wanted = (
            pages.filter(translation_key__in=of_ids)
            .values("pk")
            .union(
                pages.filter(translation_key__in=asked.keys).values("pk"),
                pages.filter(path__in=asked.paths).values("pk"),
                pages.filter(url_path__in=asked.addresses).values("pk"),
            )
        )
        found = list(public_pages().filter(pk__in=wanted).only(*LINK_FIELDS))
        locales = frame().locales
        for page in found:
            if page.locale_id in locales:
                page.locale = locales[page.locale_id]
        self._index.add(found, asked)

    def by_id(self, pk: int, language_code: str | None = None) -> Page | None:
        """The page, in that language (the active one by default) where that version exists."""
        self.want(ids=[pk])
        self._load()
        page = self._index.by_id.get(pk)
        if page is None:
            return None
        return self.in_language(page.translation_key, language_code or get_language() or "") or page

    def versions(self, key: UUID) -> list[Page]:
        """Every language version."""
        self.want(keys=[key])
        self._load()
        return list(self._index.by_key.get(key, {}).values())

    def in_language(self, key: UUID, language_code: str) -> Page | None:
        """The version in that language, of a page that was announced."""
        found = self._index.by_key.get(key, {}).values()
        return next((page for page in found if page.locale.language_code == language_code), None)

    def by_path(self, path: str) -> Page | None:
        self.want(paths=[path])
        self._load()
        return self._index.by_path.get(path)

    def by_address(self, url_path: str) -> Page | None:
        self.want(addresses=[url_path])
        self._load()
        return self._index.by_address.get(url_path)


class Directory:
    """What a page refers to."""

    def __init__(self) -> None:
        self.pages = Pages()
        self.images: Batch[Any] = Batch(_fetch_images, "images")
        self.documents: Batch[Any] = Batch(_fetch_documents, "documents")
        self.cards = Cards()


_current: ContextVar[Directory | None] = ContextVar("directory", default=None)


def is_open() -> bool:
    """Whether a page is being rendered."""
    return _current.get() is not None


def current() -> Directory:
    """The directory of the page being rendered, or one for this use alone."""
    return _current.get() or Directory()


def open_directory() -> Directory:
    """Start to gather what the page will need, until the end of the request."""
    directory = Directory()
    _current.set(directory)
    return directory


def close_directory(**kwargs: Any) -> None:
    """Close the directory of the page that was rendered."""
    _current.set(None)


request_started.connect(close_directory, dispatch_uid="socle.directory.started")
request_finished.connect(close_directory, dispatch_uid="socle.directory.finished")
