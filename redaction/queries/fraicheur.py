"""Questions about the age of texts: which are to be read again, and who may say that they still hold."""

import datetime
from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import Any

from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.db.models import F, Q, QuerySet
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from socle.models import BasePage
from socle.queries import of_every_kind


def branches_confirmables(user: Any) -> set[str]:
    """Return the paths of the branches where a person may change every page."""
    if isinstance(user, AnonymousUser) or not user.is_active:
        return set()
    if user.is_superuser:
        return {""}
    rights = page_permission_policy.get_cached_permissions_for_user(user)
    return {right.page.path for right in rights if right.permission.codename == "change_page"}


def confirmables(user: Any) -> Q:
    """Return which pages a person may change whoever wrote them: so, say of them that they still hold."""
    return reduce(or_, (Q(path__startswith=path) for path in branches_confirmables(user)), Q(pk__in=()))


def noter_confirmables(pages: Iterable[Page], user: Any) -> list[Page]:
    """Say of each page, in its `confirmable`, whether the person may confirm it, besides her own."""
    branches = tuple(branches_confirmables(user))
    found = list(pages)
    for page in found:
        page.confirmable = page.path.startswith(branches)
    return found


def datees() -> QuerySet[Page]:
    """Return the public pages of every kind, with their dates, in one query."""
    pages: QuerySet[Page] = Page.objects.filter(live=True, depth__gt=1, alias_of=None)
    return pages.annotate(revise_le=of_every_kind("revise_le"), prochaine_revision=of_every_kind("prochaine_revision"))


def dues(on: datetime.date) -> QuerySet[Page]:
    """Return the public pages to be read again on that day or before, and those that nobody has dated."""
    # Chosen kind by kind: the dates of all pages together would be read for a few.
    chosen = [_dues_de(kind, on) for kind in _genres()]
    return datees().filter(pk__in=chosen[0].union(*chosen[1:], all=True))


def _genres() -> list[type[BasePage]]:
    return [model for model in apps.get_models() if issubclass(model, BasePage)]


def _dues_de(kind: type[BasePage], on: datetime.date) -> QuerySet[Any, Any]:
    due = Q(prochaine_revision__lte=on)
    if kind.duree_de_validite is not None:
        due |= Q(prochaine_revision=None)
    rows: QuerySet[Any, Any] = kind._base_manager.filter(due).order_by().values("pk")
    return rows


def a_revoir(user: Any, on: datetime.date) -> QuerySet[Page]:
    """Return what is to be read again on that day or before, the oldest first, as far as it concerns a person.

    These are the pages that the person may confirm, and her own.
    """
    pages = dues(on).filter(confirmables(user) | Q(owner_id=user.pk))
    return pages.order_by(F("prochaine_revision").asc(nulls_last=True), "title", "pk")


class PremieresARevoir:
    """The same for a list that shows a few at a time: those few are found, and all are counted, before any is read.

    In SQL, which takes the ORM longer to compose for every kind of page than PostgreSQL to run.
    """

    def __init__(self, user: Any, on: datetime.date) -> None:
        branches = [f"{path}%" for path in branches_confirmables(user)]
        self.values = {"on": on, "user": user.pk, "branches": branches}
        self.total: int | None = None

    def count(self) -> int:
        if self.total is None:
            with connection.cursor() as cursor:
                cursor.execute(f"SELECT count(*) {_choisies()}", self.values)
                self.total = int(cursor.fetchone()[0])
        return self.total

    def __getitem__(self, wanted: slice) -> list[Page]:
        first, last = wanted.start or 0, wanted.stop
        sql = (
            f"SELECT page.id, revise_le, prochaine_revision, count(*) OVER () {_choisies()}"
            " ORDER BY prochaine_revision ASC NULLS LAST, page.title, page.id LIMIT %(limit)s OFFSET %(offset)s"
        )
        with connection.cursor() as cursor:
            cursor.execute(sql, {**self.values, "limit": last - first, "offset": first})
            chosen = cursor.fetchall()
        found = Page.objects.select_related("locale", "owner").in_bulk([row[0] for row in chosen])
        pages = []
        for pk, revise_le, prochaine_revision, self.total in chosen:
            if page := found.get(pk):
                page.revise_le, page.prochaine_revision = revise_le, prochaine_revision
                pages.append(page)
        return pages


def _choisies() -> str:
    due = " UNION ALL ".join(
        f"SELECT page_ptr_id, revise_le, prochaine_revision FROM {kind._meta.db_table}"  # noqa: S608 -- names of ours
        " WHERE prochaine_revision <= %(on)s"
        + (" OR prochaine_revision IS NULL" if kind.duree_de_validite is not None else "")
        for kind in _genres()
    )
    return (
        f"FROM wagtailcore_page page JOIN ({due}) due ON due.page_ptr_id = page.id"
        " WHERE page.live AND page.depth > 1 AND page.alias_of_id IS NULL"
        " AND (page.path LIKE ANY(%(branches)s) OR page.owner_id = %(user)s)"
    )
