"""Who may read a version: never more people than the French page that it is made from."""

from collections.abc import Sequence

from django.db import transaction
from wagtail.models import Page, PageViewRestriction

from variantes.queries.fraicheur import page_source

Restrictions = Sequence[PageViewRestriction]


@transaction.atomic
def proteger_comme_la_source(page: Page) -> None:
    """Restrict a version as its French page is, wherever nothing at it or above keeps out as many people already.

    Never the reverse: opening a page is the moderation's.
    """
    source = page_source(page)
    if source is None:
        return
    wanted = list(source.specific.get_view_restrictions().order_by("-page__depth", "pk"))
    standing = list(page.get_view_restrictions()) if wanted else []
    missing: list[PageViewRestriction] = []
    for one in wanted:
        if not any(_ferme_autant(other, one) for other in (*standing, *missing)):
            missing = [*(other for other in missing if not _ferme_autant(one, other)), one]
    for own in standing:
        if own.page_id == page.pk and _remplacee(own, missing, wanted):
            own.delete()
    for one in missing:
        _copier(one, page)


def _remplacee(own: PageViewRestriction, missing: Restrictions, wanted: Restrictions) -> bool:
    """Tell whether a restriction of a version is of no more use beside those that it lacks: screens show only one."""
    if any(_ferme_autant(one, own) for one in missing):
        return True
    same_kind = any(one.restriction_type == own.restriction_type for one in missing)
    return same_kind and not any(_ferme_autant(own, one) for one in wanted)


def _ferme_autant(restriction: PageViewRestriction, other: PageViewRestriction) -> bool:
    """Tell whether a restriction keeps out everybody whom another one does."""
    kind = restriction.restriction_type
    if other.restriction_type == PageViewRestriction.LOGIN:
        return kind in {PageViewRestriction.LOGIN, PageViewRestriction.GROUPS}
    if kind != other.restriction_type:
        return False
    if kind == PageViewRestriction.PASSWORD:
        return bool(restriction.password == other.password)
    return set(restriction.groups.all()) <= set(other.groups.all())


def _copier(restriction: PageViewRestriction, page: Page) -> PageViewRestriction:
    copy = PageViewRestriction(page=page, restriction_type=restriction.restriction_type, password=restriction.password)
    copy.save()
    copy.groups.set(restriction.groups.all())
    return copy


def reprendre_les_groupes(source: Page, page: Page) -> None:
    """Complete a restriction that wagtail-localize copied: it leaves the groups out."""
    own, kept = source.view_restrictions.first(), page.view_restrictions.first()
    if own is not None and kept is not None and own.restriction_type == kept.restriction_type:
        kept.groups.set(own.groups.all())
