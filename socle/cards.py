"""Cards: how a page shows itself in a list."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.utils.translation import get_language
from wagtail.models import Page

from socle import directory
from socle.models.medias import Illustration
from socle.sites import url_of


@dataclass(frozen=True)
class Carte:
    """What a list shows of a page; the optional parts are empty for types that lack them."""

    titre: str
    url: str
    resume: str = ""
    type_nom: str = ""
    illustration_id: int | None = None
    duree: str = ""
    publics: tuple[str, ...] = ()
    revise_le: datetime.date | None = None
    # Set when the page is in another language than the one being read.
    lang: str = ""

    @property
    def image(self) -> Illustration | None:
        """The picture, fetched with all those of the page that shows the card."""
        found: Illustration | None = directory.current().images.get(self.illustration_id)
        return found


def as_card(page: Page) -> Carte:
    """Return the card of a specific page; a page type with more to show offers its own `carte()`."""
    if hasattr(page, "carte"):
        return page.carte()  # type: ignore[no-any-return]
    return Carte(
        titre=page.title,
        url=url_of(page),
        resume=getattr(page, "resume", "") or page.search_description,
        illustration_id=getattr(page, "illustration_id", None),
    )


def cards(pages: Iterable[Page]) -> list[Carte]:
    """Return the cards of specific pages, and announce their pictures."""
    found = [as_card(page) for page in pages]
    directory.current().images.want(card.illustration_id for card in found)
    return found


def public_cards(ids: Iterable[int]) -> list[Carte]:
    """Return the cards of these pages that anyone may read, in order, from the directory."""
    wanted = list(ids)
    found = directory.current().cards
    found.want(wanted)
    result = [card for pk in wanted if (card := found.get(pk))]
    directory.current().images.want(card.illustration_id for card in result)
    return result


def fetch_cards(ids: Iterable[int]) -> dict[int, Carte]:
    """Cards of the readable pages of these ids, in the active language where they exist.

    One query for each type of page.
    """
    pages = directory.current().pages
    wanted = set(ids)
    pages.want(ids=wanted)
    targets = {pk: page for pk in wanted if (page := pages.by_id(pk))}
    by_type: dict[type[Page], set[int]] = {}
    for page in targets.values():
        by_type.setdefault(page.specific_class, set()).add(page.pk)
    specific: list[Page] = []
    for model, group in by_type.items():
        found = model._default_manager.filter(pk__in=group)
        specific += found.pour_cartes() if hasattr(found, "pour_cartes") else found.defer_streamfields()
    built = dict(zip((page.pk for page in specific), cards(specific), strict=True))
    active = get_language()
    for page in targets.values():
        code = page.locale.language_code
        if code != active and page.pk in built:
            built[page.pk] = replace(built[page.pk], lang=code)
    return {pk: built[page.pk] for pk, page in targets.items() if page.pk in built}
