"""The groups of the team follow the matrix, however often and from whatever state they are made."""

from io import StringIO

import pytest
from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page, Workflow

from fiches.models import FichesIndexPage
from home.models import HomePage
from redaction import roles
from redaction.operations.roles import synchroniser_roles
from redaction.permissions import Matrice, matrice
from tests.factories import FichePageFactory, UtilisateurFactory, accueil, index_fiches
from tests.harness.queries import assert_same_cost

pytestmark = pytest.mark.django_db


def snapshot() -> dict[str, object]:
    names = "group__name", "permission__codename"
    return {
        "pages": sorted(GroupPagePermission.objects.values_list(*names, "page__slug")),
        "collections": sorted(GroupCollectionPermission.objects.values_list(*names, "collection__name")),
        "models": sorted(Group.permissions.through.objects.values_list(*names)),
    }


def rights(role: roles.Role, page: Page) -> set[str]:
    found = GroupPagePermission.objects.filter(group__name=role.nom, page=page)
    return {codename.removesuffix("_page") for codename in found.values_list("permission__codename", flat=True)}


def test_twice_is_as_once() -> None:
    index_fiches()
    synchroniser_roles()
    once = snapshot()
    synchroniser_roles()
    assert snapshot() == once
    assert once["pages"]


def test_nobody_publishes() -> None:
    index_fiches()
    accueil("en")
    synchroniser_roles()
    assert not GroupPagePermission.objects.filter(permission__codename="publish_page").exists()
    assert not Group.objects.filter(permissions__codename__in=("publish_page", "submit_translation")).exists()


def test_what_the_matrix_does_not_say_is_taken_back_from_roles_and_left_to_others() -> None:
    home = accueil()
    synchroniser_roles()
    before = snapshot()
    publish = Permission.objects.get(codename="publish_page")
    redaction = Group.objects.get(name="Rédaction")
    GroupPagePermission.objects.create(group=redaction, page=home, permission=publish)
    redaction.permissions.add(Permission.objects.get(codename="change_utilisateur"))
    image = Permission.objects.get(codename="change_illustration")
    root = Collection.get_first_root_node()
    visitors = Group.objects.get(name="Regard usager")
    GroupCollectionPermission.objects.create(group=visitors, collection=root, permission=image)
    synchroniser_roles()
    assert snapshot() == before
    other = Group.objects.create(name="Un groupe à part")
    GroupPagePermission.objects.create(group=other, page=home, permission=publish)
    synchroniser_roles()
    assert GroupPagePermission.objects.get(group=other).permission == publish


def test_pages_made_later_have_their_rights_at_once() -> None:
    synchroniser_roles()
    assert rights(roles.CONTRIBUTION, index_fiches()) == {"add"}
    assert rights(roles.REDACTION, accueil()) == {"add", "change", "lock"}
    assert rights(roles.REDACTION, accueil("en")) == set()
    assert rights(roles.TRADUCTIONS[0], accueil("en")) == {"change"}
    assert rights(roles.CONTRIBUTION, index_fiches("en")) == set()


def test_before_the_first_time_new_pages_are_left_alone() -> None:
    index_fiches()
    assert not GroupPagePermission.objects.filter(page__depth__gt=1).exists()


def test_the_groups_of_a_new_wagtail_go_unless_someone_is_in_them() -> None:
    UtilisateurFactory(groupes=["Moderators"])
    assert Group.objects.filter(name="Editors").exists()
    synchroniser_roles()
    assert set(Group.objects.filter(name__in=("Editors", "Moderators")).values_list("name", flat=True)) == {
        "Moderators"
    }
    assert Workflow.objects.filter(name="Moderators approval", active=True).exists()
    Group.objects.get(name="Moderators").user_set.clear()
    synchroniser_roles()
    assert not Group.objects.filter(name__in=("Editors", "Moderators")).exists()
    assert not Workflow.objects.filter(name="Moderators approval", active=True).exists()


def test_every_language_but_the_source_has_its_translators_or_its_writers() -> None:
    covered = {code for role in (*roles.TRADUCTIONS, roles.REDACTION_FALC) for code in role.langues}
    assert covered == {code for code, _name in settings.LANGUAGES} - {"fr"}
    assert len({role.nom for role in roles.ROLES}) == len(roles.ROLES)
    assert all(role.description for role in roles.ROLES)


def test_rights_on_a_kind_of_page_hold_below_it() -> None:
    own = Matrice()
    own.add_pages(HomePage, {roles.REDACTION: "change"})
    own.add_pages(FichesIndexPage, {roles.REDACTION: "add", roles.CONTRIBUTION: "add"})
    assert own.sur_page(roles.REDACTION, FichesIndexPage) == {"add", "change"}
    assert own.sur_page(roles.REDACTION, HomePage) == {"change"}
    assert own.sur_page(roles.CONTRIBUTION, HomePage) == set()


def test_an_action_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="publish"):
        Matrice().add_pages(HomePage, {roles.MODERATION: "change publish"})


def test_every_kind_of_page_of_the_site_is_in_the_matrix() -> None:
    ours = {model for model in Page.__subclasses__() for model in concrete(model)}
    assert ours == set(matrice.pages)


def concrete(model: type[Page]) -> list[type[Page]]:
    found = [] if model._meta.abstract else [model]
    return [*found, *(each for below in model.__subclasses__() for each in concrete(below))]


def test_the_documentation_says_what_is_applied() -> None:
    output = StringIO()
    call_command("roles", stdout=output)
    assert (settings.BASE_DIR / "docs/roles.md").read_text(encoding="utf-8") == output.getvalue()


def test_the_cost_does_not_grow_with_the_pages() -> None:
    assert_same_cost(FichePageFactory.create_batch, synchroniser_roles, few=1, many=4, limit=300)
