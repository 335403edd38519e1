"""Cards: how a page shows itself in a list."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import F, IntegerField, Value
from django.db.models.functions import Coalesce
from django.utils.translation import get_language
from wagtail.models import Page

from socle import directory
from socle.frame import frame
from socle.models.medias import Illustration
from socle.queries import visible_to
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
    # When it takes place, for what has a date.
    quand: str = ""
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
    """Return the card of a specific page; a page type with more to show offers its own `carte()`.

    Its querysets then bring what that shows: `pour_cartes()`.
    """
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


def public_cards(model: type[Page], ids: Iterable[int]) -> list[Carte]:
    """Return the cards of those of these pages, of one type and in the active language, that anyone may read.

    In order, from the directory.
    """
    wanted = list(ids)
    found = directory.current().cards
    found.want_of(model, wanted)
    result = [card for pk in wanted if (card := found.get(pk))]
    directory.current().images.want(card.illustration_id for card in result)
    return result


def fetch_cards(ids: Iterable[int], types: Mapping[int, type[Page]]) -> dict[int, Carte]:
    """Cards of the readable pages of these ids, in the active language where they exist, under both ids.

    One query for each type of page that has a card of its own, and one for all others. The directory says what the
    pages are, except those of which `types` says it, which are in the active language.
    """
    pages = directory.current().pages
    wanted = set(ids)
    pages.want(ids=wanted - types.keys())
    shown: dict[int, int] = {}
    by_type: dict[type[Page], set[int]] = {}
    for pk in wanted:
        if model := types.get(pk):
            shown[pk] = pk
        elif page := pages.by_id(pk):
            shown[pk], model = page.pk, page.specific_class or Page
        else:
            continue
        by_type.setdefault(model, set()).add(shown[pk])
    plain = {model: by_type.pop(model) for model in list(by_type) if not hasattr(model, "carte")}
    built = _built(_plain_pages(plain).filter(pk__in=chain(*plain.values())))
    for model, group in by_type.items():
        found: Any = model._default_manager.filter(pk__in=group)
        built |= _built(found.pour_cartes())
    return built | {pk: built[version] for pk, version in shown.items() if version in built}


def _plain_pages(models: Iterable[type[Page]]) -> Any:
    """Pages of these types with what a card shows of any of them, and nothing more."""
    columns = {
        (field.attname, f"{model._meta.get_field('page_ptr').related_query_name()}__{field.attname}")
        for model in models
        if model is not Page
        for field in model._meta.concrete_fields
    }

    def of_types(name: str, default: Value) -> Coalesce:
        having = (F(path) for column, path in sorted(columns) if column == name)
        # Once more: it takes two.
        return Coalesce(*having, default, default)

    return Page.objects.only(*directory.LINK_FIELDS, "search_description").annotate(
        resume=of_types("resume", Value("")),
        illustration_id=of_types("illustration_id", Value(None, IntegerField())),
    )


def _built(pages: Any) -> dict[int, Carte]:
    """The cards of those of `pages` that anyone may read."""
    specific = list(visible_to(pages, AnonymousUser()))
    locales, active = frame().locales, get_language()
    built: dict[int, Carte] = {}
    for page, card in zip(specific, cards(specific), strict=True):
        locale = locales.get(page.locale_id)
        built[page.pk] = replace(card, lang=locale.language_code) if locale and locale.language_code != active else card
    return built
