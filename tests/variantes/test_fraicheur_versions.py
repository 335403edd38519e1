"""Which version of the French text each page was made from, through everything that happens to both."""

import datetime
import uuid
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from wagtail.models import Locale, Page, PageLogEntry, Revision
from wagtail_localize.models import TranslationSource

from redaction import roles
from redaction.roles import Role
from socle import generation
from tests.factories import FichePageFactory, UtilisateurFactory, index_fiches, proteger, terme
from tests.harness.queries import assert_same_cost
from tests.redaction.test_fraicheur import CONFIRMENT
from tests.redaction.test_matrice import PERSONNES, signed_in
from tests.socle.test_publication import fresh, republier
from tests.variantes.fraicheur import (
    alias,
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
    PRISE_EN_COMPTE,
    TOUJOURS_VALABLE,
    SourceChangee,
    noter_source,
    prendre_en_compte,
    toujours_valable,
    toujours_valables,
)
from variantes.queries.fraicheur import changee_depuis, retard, revision_de_la_version

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def trees() -> None:
    arbre("fr-simple", "en")


def chief() -> Any:
    return UtilisateurFactory(superutilisateur=True)


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


class TestToujoursValable:
    def test_the_variant_is_up_to_date_and_its_history_says_why(self) -> None:
        page, user = source(), chief()
        version = variante(page)
        changer(page)
        toujours_valable(fresh(version), user, " Rien à changer ")
        row = FraicheurPage.objects.get(page=version.pk)
        assert (row.version_publique, row.version_brouillon) == (2, 2)
        assert (row.verifiee_par, row.verifiee_par_nom) == (user, str(user))
        assert changee_depuis(fresh(version)) is None
        entry = PageLogEntry.objects.get(action=TOUJOURS_VALABLE, page=version.pk)
        assert (entry.user, entry.message) == (user, "Toujours valable pour la page en français : Rien à changer")
        changer(page)
        assert changee_depuis(fresh(version)) is not None

    def test_who_said_so_stays_when_the_account_goes(self) -> None:
        page, user = source(), chief()
        version = variante(page)
        toujours_valable(version, user, "Oui")
        name = str(user)
        user.delete()
        row = FraicheurPage.objects.get(page=version.pk)
        assert (row.verifiee_par, row.verifiee_par_nom) == (None, name)

    @pytest.mark.parametrize("synced", [False, True])
    def test_a_draft_published_later_does_not_bring_the_old_version_back(self, synced: bool) -> None:
        page = source()
        version = publier_brouillon(traduire(synchroniser(page))) if synced else variante(page)
        fresh(version).save_revision()
        changer(page)
        toujours_valable(fresh(version), chief(), "Oui")
        assert versions(publier_brouillon(version)) == (2, 2)
        fresh(version).save_revision()
        assert versions(version) == (2, 2)

    def test_a_draft_may_hold_too(self) -> None:
        page = source()
        version = variante(page, publiee=False)
        changer(page)
        toujours_valable(version, chief(), "Oui")
        assert versions(version) == (None, 2)

    def test_a_scheduled_text_does_not_bring_it_back_either(self) -> None:
        page = source()
        version = variante(page, publiee=False)
        version.go_live_at = timezone.now() + datetime.timedelta(days=1)
        scheduled = version.save_revision(approved_go_live_at=version.go_live_at)
        version.save_revision()
        changer(page)
        toujours_valable(fresh(version), chief(), "Oui")
        assert VersionDeRevision.objects.get(revision=scheduled).version == 2

    @pytest.mark.parametrize("note", ["", "  "])
    def test_a_note_is_needed(self, note: str) -> None:
        with pytest.raises(ValidationError):
            toujours_valable(variante(source()), chief(), note)

    def test_it_is_refused_for_all_when_the_french_page_has_changed_since_it_was_read(self) -> None:
        page, other = source(), source()
        one, two = variante(page), variante(other)
        changer(page)
        with pytest.raises(SourceChangee):
            toujours_valables([one.pk, two.pk], chief(), "Oui", {one.pk: 1, two.pk: 1})
        assert not PageLogEntry.objects.filter(action=TOUJOURS_VALABLE).exists()
        assert toujours_valables([one.pk, two.pk], chief(), "Oui", {one.pk: 2, two.pk: 1}) == 2

    def test_all_or_none(self) -> None:
        page = source()
        easy, english = variante(page), variante(page, "en")
        with pytest.raises(PermissionDenied):
            toujours_valables([easy.pk, english.pk], UtilisateurFactory(groupes=[roles.REDACTION_FALC.nom]), "Oui")
        assert not PageLogEntry.objects.filter(action=TOUJOURS_VALABLE).exists()

    def test_french_pages_and_aliases_are_left_out(self) -> None:
        page = source()
        copy = alias(page)
        assert toujours_valables([page.pk, copy.pk, 999_999], chief(), "Oui") == 0

    def test_readers_see_it_at_once(self) -> None:
        page = source()
        version = variante(page)
        changer(page)
        before = generation.current()
        assert retard(fresh(version)) is not None
        toujours_valable(version, chief(), "Oui")
        assert generation.current() > before
        assert retard(fresh(version)) is None

    def test_it_costs_the_same_for_one_and_for_ten(self) -> None:
        user, pages = chief(), []
        assert_same_cost(
            lambda number: pages.extend(variante(source()) for _ in range(number)),
            lambda: toujours_valables([page.pk for page in pages], user, "Oui"),
            limit=20,
        )


@PERSONNES
@pytest.mark.parametrize("langue", ["fr-simple", "en"])
def test_who_may_say_it(role: Role, langue: str) -> None:
    page = source()
    version = variante(page, langue)
    _client, user = signed_in(role)
    user = user or AnonymousUser()
    if user.pk:  # having written the page is no reason
        Page.objects.filter(pk=version.pk).update(owner=user)
    changer(page)
    for act in (lambda: toujours_valable(version, user, "Oui"), lambda: prendre_en_compte(version, user, 2)):
        if role in CONFIRMENT[langue]:
            act()
        else:
            with pytest.raises(PermissionDenied):
                act()
    done = PageLogEntry.objects.filter(page=version.pk, action__in=[TOUJOURS_VALABLE, PRISE_EN_COMPTE]).count()
    assert done == (2 if role in CONFIRMENT[langue] else 0)


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
