"""What is written again as rows is what would have been made, and leaves the others alone."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import transaction
from wagtail.models import GroupPagePermission, Page, Site, WorkflowPage, WorkflowTask

from socle.models import EntreeRecherche
from tests.factories import FichePageFactory, accueil, glossaire, groupes_des_roles, index_fiches
from tests.harness import worlds

pytestmark = pytest.mark.django_db


def make() -> None:
    groupes_des_roles()
    index_fiches("en")
    glossaire("ar")


def seen() -> dict[str, Any]:
    names = "group__name", "permission__codename"
    return {
        "counts": {table: len(rows) for table, rows in worlds._rows().items()},
        "pages": list(Page.objects.order_by("path").values_list("path", "numchild", "url_path", "title", "live")),
        "site": list(Site.objects.values_list("root_page__url_path", "site_name")),
        "groups": sorted(Group.permissions.through.objects.values_list(*names)),
        "rights": sorted(GroupPagePermission.objects.values_list(*names, "page__url_path")),
        "workflows": sorted(WorkflowPage.objects.values_list("workflow__name", "page__url_path")),
        "steps": sorted(WorkflowTask.objects.values_list("workflow__name", "task__name", "sort_order")),
        "search": sorted(EntreeRecherche.objects.values_list("page__url_path", "titre", "vecteur")),
    }


def undone(action: Callable[[], Any]) -> Any:
    with transaction.atomic():
        found = action()
        transaction.set_rollback(True)
    return found


def test_rows_written_again_are_those_that_would_be_made(monkeypatch: pytest.MonkeyPatch) -> None:
    def made() -> dict[str, Any]:
        make()
        return seen()

    with monkeypatch.context() as patch:
        patch.setattr(worlds, "remembered", lambda _key, really: really())
        expected = undone(made)
    assert undone(made) == expected
    calls: list[str] = []
    monkeypatch.setattr("tests.factories.comptes.synchroniser_roles", lambda: calls.append("roles"))
    assert undone(made) == expected
    assert calls == []


def test_what_comes_next_has_identifiers_of_its_own() -> None:
    undone(make)
    make()
    first, second = FichePageFactory(publiee=True), FichePageFactory(parent=index_fiches("en"))
    assert len({accueil().pk, accueil("en").pk, first.pk, second.pk}) == 4


def test_another_state_is_left_to_the_factories() -> None:
    home = accueil()
    Page.objects.filter(pk=home.pk).update(title="Un autre titre")
    index = index_fiches("en")
    assert Page.objects.get(pk=home.pk).title == "Un autre titre"
    assert index.get_parent().locale.language_code == "en"
