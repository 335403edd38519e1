"""A variant is said to hold for a newer French text: who may, what stays of it, what is refused."""

import datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from wagtail.models import Page, PageLogEntry

from redaction import roles
from redaction.roles import Role
from socle import generation
from tests.factories import UtilisateurFactory
from tests.harness.queries import assert_same_cost
from tests.redaction.test_fraicheur import CONFIRMENT
from tests.redaction.test_matrice import PERSONNES, signed_in
from tests.socle.test_publication import fresh
from tests.variantes.fraicheur import (
    alias,
    arbre,
    changer,
    chief,
    publier_brouillon,
    source,
    synchroniser,
    traduire,
    variante,
    versions,
)
from variantes.models import FraicheurPage, VersionDeRevision
from variantes.operations.fraicheur import (
    PRISE_EN_COMPTE,
    TOUJOURS_VALABLE,
    SourceChangee,
    prendre_en_compte,
    toujours_valable,
    toujours_valables,
)
from variantes.queries.fraicheur import changee_depuis, retard

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def trees() -> None:
    arbre("fr-simple", "en")


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
