"""What readers are told of a variant that is behind, and what is known of pages older than the counts."""

import datetime
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.utils import timezone
from wagtail.models import Page

from tests.factories import proteger
from tests.socle.test_publication import fresh
from tests.variantes.fraicheur import (
    alias,
    arbre,
    changer,
    numero,
    source,
    variante,
    versions,
)
from variantes.models import FraicheurPage, VersionDeRevision, VersionSource
from variantes.queries.fraicheur import changee_depuis, retard

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def trees() -> None:
    arbre("fr-simple", "en")


class TestRetard:
    def test_the_reader_is_told_of_the_french_page_and_of_its_date(self) -> None:
        page = source(title="Accueillir")
        version = variante(page)
        changed = changer(page)
        found = retard(version)
        assert found is not None
        assert (found.source_titre, found.source_url) == ("Accueillir", changed.url)
        assert found.source_le == timezone.localdate()

    @pytest.mark.parametrize("how", ["private", "unpublished", "deleted"])
    def test_nothing_is_said_of_a_page_that_nobody_may_read(self, how: str) -> None:
        page = source()
        version = variante(page)
        changed = changer(page)
        if how == "private":
            proteger(changed)
        elif how == "unpublished":
            changed.unpublish()
        else:
            changed.delete()
        assert retard(fresh(version)) is None

    def test_an_alias_shows_the_french_text_itself(self) -> None:
        page = source()
        copy = alias(page)
        changer(page)
        assert retard(fresh(copy)) is None

    def test_it_is_asked_once(self, django_assert_num_queries: Any) -> None:
        page = source()
        version = variante(page)
        changed = changer(page)
        version = fresh(version)
        assert {version.locale.pk, changed.locale.pk}
        retard(version)
        with django_assert_num_queries(0):
            retard(version)
            retard(changed)

    @pytest.mark.parametrize(("days", "behind"), [(-1, True), (1, False), (None, False)])
    def test_a_variant_that_nobody_has_noted_is_dated(self, days: int | None, behind: bool) -> None:
        page = source()
        version = variante(page)
        changer(page)
        moment = None if days is None else timezone.now() + datetime.timedelta(days=days)
        FraicheurPage.objects.all().delete()
        Page.objects.filter(pk=version.pk).update(last_published_at=moment)
        assert (changee_depuis(fresh(version)) is not None) == behind


def test_pages_that_were_there_before_are_counted_from_their_dates() -> None:
    page, other = source(), source()
    old, new, draft = variante(page), variante(other), variante(page, "en", publiee=False)
    changer(page)
    VersionSource.objects.all().delete()
    FraicheurPage.objects.all().delete()
    VersionDeRevision.objects.all().delete()
    migration = import_module("variantes.migrations.0001_fraicheur")
    for _ in range(2):
        migration.count_from_dates(apps, None)
    assert (numero(page), numero(other)) == (1, 1)
    assert (versions(old), versions(new)) == ((0, 0), (1, 1))
    assert changee_depuis(fresh(old)) is not None
    assert changee_depuis(fresh(new)) is None
    fresh(draft).save_revision()
    assert versions(draft) == (None, 0)  # written before the change
