"""Which version of the French text each page was made from, through everything that happens to both."""

import uuid
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from wagtail.models import Locale, Revision
from wagtail_localize.models import TranslationSource

from tests.factories import FichePageFactory, index_fiches, terme
from tests.socle.test_publication import fresh, republier
from tests.variantes.fraicheur import (
    arbre,
    changer,
    corriger,
    numero,
    publier_brouillon,
    source,
    synchroniser,
    traduire,
    variante,
    versions,
)
from variantes.models import FraicheurPage, VersionDeRevision, VersionSource
from variantes.operations.fraicheur import (
    noter_source,
)
from variantes.queries.fraicheur import changee_depuis, retard, revision_de_la_version

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def trees() -> None:
    arbre("fr-simple", "en")


class TestSource:
    def test_each_new_text_is_a_version(self) -> None:
        page = source()
        assert numero(page) == 1
        changed = changer(page)
        row = VersionSource.objects.get(translation_key=page.translation_key)
        assert (row.numero, row.revision_id) == (2, changed.live_revision_id)
        assert row.majeure_le == changed.last_published_at

    def test_a_minor_change_is_none_but_holds_the_same_version(self) -> None:
        page = source()
        minor = corriger(page)
        assert numero(page) == 1
        assert VersionDeRevision.objects.get(revision=minor.live_revision_id).version == 1
        assert revision_de_la_version(page, 1) == minor.live_revision

    def test_a_draft_is_none(self) -> None:
        page = source()
        page.save_revision()
        assert numero(page) == 1

    def test_the_versions_go_with_the_last_page_of_the_text(self) -> None:
        page = source()
        version = variante(page)
        page.delete()
        assert VersionSource.objects.filter(translation_key=page.translation_key).exists()
        fresh(version).delete()
        assert not VersionSource.objects.filter(translation_key=page.translation_key).exists()

    def test_revisions_may_be_purged(self) -> None:
        page = source()
        Revision.objects.all().delete()
        row = VersionSource.objects.get(translation_key=page.translation_key)
        assert (row.numero, row.revision) == (1, None)
        changer(page)
        assert numero(page) == 2

    @pytest.mark.parametrize(
        "values",
        [
            {"numero": 0, "majeure_le": timezone.now()},
            {"numero": 1, "majeure_le": None},
            {"numero": 1, "majeure_le": timezone.now(), "synchronisee": 2},
        ],
    )
    def test_the_database_refuses_what_makes_no_sense(self, values: dict[str, Any]) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            VersionSource.objects.create(translation_key=uuid.uuid4(), **values)

    def test_who_confirms_signs(self) -> None:
        version = variante(source())
        with pytest.raises(IntegrityError), transaction.atomic():
            FraicheurPage.objects.filter(page=version.pk).update(verifiee_le=timezone.now())


class TestByHand:
    def test_a_new_variant_is_made_from_what_is_public(self) -> None:
        page = changer(source())
        assert versions(variante(page, publiee=False)) == (None, 2)
        assert versions(variante(page, "en")) == (2, 2)

    def test_writing_on_does_not_take_the_new_text_into_account(self) -> None:
        page = source()
        version = variante(page)
        changer(page)
        republier(version, title="Autre titre")
        assert versions(version) == (1, 1)
        assert changee_depuis(version) is not None

    def test_the_draft_is_made_from_the_new_text_when_somebody_says_so(self) -> None:
        page = source()
        version = variante(page)
        changer(page)
        fresh(version).save_revision()
        noter_source(fresh(version))
        assert versions(version) == (1, 2)
        assert changee_depuis(version) is not None
        publier_brouillon(version)
        assert versions(version) == (2, 2)
        assert changee_depuis(fresh(version)) is None

    def test_it_may_be_said_before_the_draft_is_written(self) -> None:
        page = source()
        version = variante(page)
        changer(page)
        noter_source(fresh(version))
        assert VersionDeRevision.objects.get(revision=version.live_revision_id).version == 1
        republier(version)
        assert versions(version) == (2, 2)

    def test_what_was_reviewed_meanwhile_is_published_behind(self) -> None:
        page = source()
        version = variante(page, publiee=False)
        reviewed = version.latest_revision
        changer(page)
        fresh(version).save_revision()
        noter_source(fresh(version))
        reviewed.publish()
        assert versions(version) == (1, 2)
        assert changee_depuis(fresh(version)) is not None

    def test_a_minor_change_outdates_nothing(self) -> None:
        page = source()
        version = variante(page)
        corriger(page)
        assert changee_depuis(version) is None
        assert retard(version) is None

    def test_a_variant_alone_is_behind_nothing(self) -> None:
        alone = FichePageFactory(parent=index_fiches("fr-simple"), publiee=True)
        assert versions(alone) == (0, 0)
        assert retard(alone) is None

    def test_a_draft_made_before_the_french_page_was_public_is_behind_it(self) -> None:
        page = FichePageFactory(brouillon=True)
        version = variante(page)
        page.save_revision().publish()
        assert versions(version) == (0, 0)
        assert changee_depuis(version) is not None

    def test_a_french_page_is_made_from_none(self) -> None:
        with pytest.raises(ValueError, match="French"):
            noter_source(source())


class TestSynchronised:
    def test_a_draft_is_made_from_the_strings(self) -> None:
        page = source()
        translation = synchroniser(page)
        changer(page)
        translated = traduire(translation)
        assert versions(translated) == (None, 1)
        translated = traduire(synchroniser(page))
        assert versions(translated) == (None, 2)
        assert versions(publier_brouillon(translated)) == (2, 2)

    def test_new_strings_do_not_change_what_is_in_review(self) -> None:
        page = source()
        reviewed = traduire(synchroniser(page)).latest_revision
        changer(page)
        translation = synchroniser(page)
        reviewed.publish()
        assert versions(reviewed.content_object) == (1, 1)
        assert changee_depuis(fresh(reviewed.content_object)) is not None
        assert versions(publier_brouillon(traduire(translation))) == (2, 2)

    def test_a_second_language_starts_from_the_strings_there_are(self) -> None:
        arbre("es")
        page = source()
        synchroniser(page)
        changer(page)
        translation = TranslationSource.objects.get(object_id=page.translation_key).translations.create(
            target_locale=Locale.objects.get(language_code="es")
        )
        assert versions(traduire(translation)) == (None, 1)

    def test_strings_that_were_cut_again_after_a_minor_change_are_the_same_version(self) -> None:
        page = source()
        traduire(synchroniser(page))
        corriger(page)
        assert versions(traduire(synchroniser(page))) == (None, 1)

    def test_a_draft_that_is_sent_has_no_version(self) -> None:
        page = FichePageFactory(brouillon=True)
        page.save_revision()
        translated = traduire(synchroniser(page))
        assert versions(translated) == (None, 0)

    def test_strings_taken_from_a_text_that_is_unknown_are_dated(self) -> None:
        page = source()
        VersionDeRevision.objects.all().delete()
        synchroniser(page)
        assert VersionSource.objects.get(translation_key=page.translation_key).synchronisee == 1

    def test_a_term_is_no_page(self) -> None:
        TranslationSource.update_or_create_from_instance(terme("publics", "usagers", nom="Usagers"))
        assert not VersionSource.objects.exists()
