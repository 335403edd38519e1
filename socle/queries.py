"""Which pages a person may see."""

from functools import reduce
from operator import or_
from typing import Any, Self

from django.apps import apps
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db.models import BooleanField, Exists, ExpressionWrapper, F, Func, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce, Length, Substr
from wagtail.models import Page, PageManager, PageViewRestriction
from wagtail.query import PageQuerySet as WagtailPageQuerySet

Reader = AbstractBaseUser | AnonymousUser

# An alias is as private as the page that it repeats, which may be an alias itself.
LINEAGE = ("path", "alias_of__path", "alias_of__alias_of__path", "alias_of__alias_of__alias_of__path")
LANGUES = ("locale", "alias_of__locale", "alias_of__alias_of__locale", "alias_of__alias_of__alias_of__locale")


def _closed_to(user: AbstractBaseUser) -> QuerySet[PageViewRestriction]:
    """Restrictions that keep a signed-in `user` out.

    A password is never assumed known: such pages appear in no list.
    """
    restrictions = PageViewRestriction.objects.all()
    opened = Q(restriction_type=PageViewRestriction.LOGIN)
    if getattr(user, "is_superuser", False):
        opened |= Q(restriction_type=PageViewRestriction.GROUPS)
    else:
        opened |= Q(restriction_type=PageViewRestriction.GROUPS, groups__user=user)
    return restrictions.exclude(pk__in=PageViewRestriction.objects.filter(opened).values("pk"))


class _Closed(Func):
    """Whether a restriction of any kind stands at or above a page, given by its path and those of its sources.

    Written in SQL, which the ORM would take longer to compose than PostgreSQL to run: nearly every
    query of a public page holds it.
    """

    output_field = BooleanField()
    conditional = True
    arg_joiner = ", closed_page.path) OR starts_with("
    template = (
        "EXISTS (SELECT 1 FROM wagtailcore_pageviewrestriction closed"
        " JOIN wagtailcore_page closed_page ON closed_page.id = closed.page_id"
        " WHERE starts_with(%(expressions)s, closed_page.path))"
    )


class _OneLanguage(Func):
    """Whether all these languages are the same; those of sources that a page does not have count for nothing."""

    output_field = BooleanField()
    conditional = True
    template = "(LEAST(%(expressions)s) = GREATEST(%(expressions)s))"


def dans_sa_langue() -> Q:
    """The condition under which a page says something in its own language.

    An alias repeats its source word for word: in another language, it would show French under a foreign address, and
    ordinary French as easy-to-read.
    """
    return Q(_OneLanguage(*(F(langue) for langue in LANGUES)))


def _open_to(user: Reader) -> Q:
    """The condition under which a page is live, in its own language, and `user` may read it."""
    if not user.is_authenticated:
        return Q(live=True) & dans_sa_langue() & ~Q(_Closed(*(F(path) for path in LINEAGE)))
    above = (Q(page__path=Substr(OuterRef(path), 1, Length("page__path"))) for path in LINEAGE)
    return Q(live=True) & dans_sa_langue() & ~Q(Exists(_closed_to(user).filter(reduce(or_, above))))


def visible_to(pages: Any, user: Reader) -> Any:
    """Keep the live pages of the queryset `pages` that `user` may read, in the same single query."""
    return pages.filter(_open_to(user))


def openness() -> "ExpressionWrapper[Q]":
    """Whether anyone may read a page, for querysets that also need the other pages."""
    return ExpressionWrapper(_open_to(AnonymousUser()), output_field=BooleanField())


class PageQuerySet(WagtailPageQuerySet):
    """Base of every page queryset of the project."""

    @classmethod
    def as_page_manager(cls) -> PageManager:
        return PageManager.from_queryset(cls)()

    def visible_to(self, user: Reader) -> Self:
        """Pages that `user` may read. Every list, feed, search and sitemap starts here."""
        return visible_to(self, user)

    def in_language(self, code: str) -> Self:
        return self.filter(locale__language_code=code)


def public_pages() -> Any:
    """Pages of every type that anyone may read."""
    return visible_to(Page.objects.all(), AnonymousUser())


def readable_pages(language_code: str, user: Reader) -> Any:
    """Pages of every type in that language that `user` may read, in no order."""
    return visible_to(Page.objects.filter(locale__language_code=language_code), user).order_by()


def of_every_kind(field: str) -> Coalesce:
    """Return a field that every kind of page has in a table of its own, for a query of pages of every kind.

    Raises `ValueError` while no kind of page is installed.
    """
    from socle.models import BasePage

    kinds = [model for model in apps.get_models() if issubclass(model, BasePage)]
    if not kinds:
        raise ValueError("No kind of page is installed.")
    output = kinds[0]._meta.get_field(field)
    paths = (f"{model._meta.get_field('page_ptr').related_query_name()}__{field}" for model in kinds)
    return Coalesce(*(F(path) for path in paths), Value(None), output_field=type(output)())
