"""Who may read a version: never more people than the French page that it is made from."""

from wagtail.models import Page

from variantes.queries.fraicheur import page_source


def proteger_comme_la_source(page: Page) -> None:
    """Restrict a version as its French page is, unless a restriction stands at it or above already."""
    source = page_source(page)
    if source is None or page.get_view_restrictions().exists():
        return
    restriction = source.specific.get_view_restrictions().order_by("-page__depth").first()
    if restriction is None:
        return
    groups = list(restriction.groups.all())
    restriction.pk, restriction.page = None, page
    restriction._state.adding = True
    restriction.save()
    restriction.groups.set(groups)


def reprendre_les_groupes(source: Page, page: Page) -> None:
    """Complete a restriction that wagtail-localize copied: it leaves the groups out."""
    own, kept = source.view_restrictions.first(), page.view_restrictions.first()
    if own is not None and kept is not None and own.restriction_type == kept.restriction_type:
        kept.groups.set(own.groups.all())
