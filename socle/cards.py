"""Cards: how a page shows itself in a list."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import prefetch_related_objects
from wagtail.models import Page

from socle.images import prefetch_renditions
from socle.models.medias import Illustration
from socle.queries import pages_par_id


@dataclass(frozen=True)
class Carte:
    """What a list shows of a page; the optional parts are empty for types that lack them."""

    titre: str
    url: str
    resume: str = ""
    type_nom: str = ""
    image: Illustration | None = None
    duree: str = ""
    publics: tuple[str, ...] = ()
    revise_le: datetime.date | None = None
    lang: str = ""


def as_card(page: Page) -> Carte:
    """Return the card of a specific page; a page type with more to show offers its own `carte()`."""
    if hasattr(page, "carte"):
        return page.carte()  # type: ignore[no-any-return]
    return Carte(
        titre=page.title,
        url=page.get_url() or "",
        resume=getattr(page, "resume", "") or page.search_description,
        image=getattr(page, "illustration", None),
    )


def cards(pages: Iterable[Page]) -> list[Carte]:
    """Return the cards of specific pages, their pictures fetched together."""
    found = list(pages)
    illustrated = [page for page in found if getattr(page, "illustration_id", None)]
    if illustrated:
        images = {
            image.pk: image
            for image in Illustration.objects.filter(pk__in={page.illustration_id for page in illustrated})
        }
        prefetch_renditions(images.values())
        for page in illustrated:
            page.illustration = images[page.illustration_id]
    return [as_card(page) for page in found]


def page_cards(ids: Iterable[int]) -> list[Carte]:
    """Return the cards of the readable pages of these ids, in that order, in the active language where they exist."""
    wanted = list(ids)
    targets = pages_par_id(wanted)
    specific = Page.objects.filter(pk__in={page.pk for page in targets.values()}).defer_streamfields().specific()
    by_id = {page.pk: page for page in specific}
    _prefetch_publics(by_id.values())
    built = dict(zip(by_id, cards(by_id.values()), strict=True))
    return [built[targets[pk].pk] for pk in wanted if pk in targets and targets[pk].pk in built]


def _prefetch_publics(pages: Iterable[Page]) -> None:
    by_type: dict[type[Page], list[Page]] = {}
    for page in pages:
        if hasattr(page, "publics"):
            by_type.setdefault(type(page), []).append(page)
    for group in by_type.values():
        prefetch_related_objects(group, "publics")
