"""Who may read a translation: never more people than the text that it is made from."""

from wagtail.models import Page

from variantes.queries.traductions import traduction_de


def proteger_comme_la_source(page: Page) -> None:
    """Restrict a page that is about to be public as its source is, unless it has a restriction of its own."""
    translation = traduction_de(page)
    if translation is None or page.get_view_restrictions().exists():
        return
    source = translation.source.get_source_instance()
    restriction = source.get_view_restrictions().order_by("-page__depth").first()
    if restriction is None:
        return
    groups = list(restriction.groups.all())
    restriction.pk, restriction.page = None, page
    restriction._state.adding = True
    restriction.save()
    restriction.groups.set(groups)
