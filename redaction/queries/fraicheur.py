"""Questions about the age of texts: which are to be read again, and who may say that they still hold."""

import datetime
from typing import Any

from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.db.models import F, Q, QuerySet
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from socle.models import BasePage
from socle.queries import of_every_kind


def confirmables(user: Any) -> Q:
    """Return which pages a person may change whoever wrote them: so, say of them that they still hold."""
    if isinstance(user, AnonymousUser) or not user.is_active:
        return Q(pk__in=())
    if user.is_superuser:
        return ~Q(pk__in=())
    rights = page_permission_policy.get_cached_permissions_for_user(user)
    found = Q(pk__in=())
    for path in {right.page.path for right in rights if right.permission.codename == "change_page"}:
        found |= Q(path__startswith=path)
    return found


def datees() -> QuerySet[Page]:
    """Return the public pages of every kind, with their dates, in one query."""
    pages: QuerySet[Page] = Page.objects.filter(live=True, depth__gt=1, alias_of=None)
    return pages.annotate(revise_le=of_every_kind("revise_le"), prochaine_revision=of_every_kind("prochaine_revision"))


def dues(on: datetime.date) -> QuerySet[Page]:
    """Return the public pages to be read again on that day or before, and those that nobody has dated."""
    # Chosen kind by kind: the dates of all pages together would be read for a few.
    chosen = [_dues_de(model, on) for model in apps.get_models() if issubclass(model, BasePage)]
    return datees().filter(pk__in=chosen[0].union(*chosen[1:], all=True))


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
    concerned = confirmables(user) | Q(owner_id=user.pk)
    return dues(on).filter(concerned).order_by(F("prochaine_revision").asc(nulls_last=True), "title", "pk")
