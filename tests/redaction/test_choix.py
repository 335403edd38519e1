"""Choosers offer what may be linked to, and a contributor is asked only what she can answer."""

import pytest
from django.urls import reverse

from fiches.models import FichePage
from redaction import roles
from tests.factories import FichePageFactory, index_fiches
from tests.fiches.test_editing import form, index
from tests.harness.html import StrictClient
from tests.redaction.test_matrice import signed_in

__all__ = ["form", "index"]
pytestmark = pytest.mark.django_db


def offered(client: StrictClient) -> str:
    return client.get(reverse("wagtailadmin_choose_page_child", args=[index_fiches().pk])).content.decode()


@pytest.mark.parametrize(("role", "draft"), [(roles.CONTRIBUTION, False), (roles.REDACTION, True)])
def test_choosers_offer_public_pages_ones_own_and_those_one_may_change(role: roles.Role, draft: bool) -> None:
    index_fiches()
    client, user = signed_in(role)
    FichePageFactory(title="Publique")
    FichePageFactory(title="Brouillon ailleurs", brouillon=True)
    FichePageFactory(title="La mienne", brouillon=True, owner=user)
    html = offered(client)
    assert "Publique" in html
    assert "La mienne" in html
    assert ("Brouillon ailleurs" in html) == draft


def add(client: StrictClient, **data: str) -> str:
    address = reverse("wagtailadmin_pages:add", args=["fiches", "fichepage", index_fiches().pk])
    return client.get(address).content.decode()


def test_a_contributor_is_not_asked_how_search_engines_show_a_resource() -> None:
    index_fiches()
    contributor, _user = signed_in(roles.CONTRIBUTION)
    editor, _user = signed_in(roles.REDACTION)
    assert 'name="slug"' not in add(contributor)
    assert "Référencement" not in add(contributor)
    assert 'name="slug"' in add(editor)
    assert "Référencement" in add(editor)


def test_what_others_wrote_there_stays_when_a_contributor_saves(form: dict[str, str]) -> None:
    index_fiches()
    client, user = signed_in(roles.CONTRIBUTION)
    page = FichePageFactory(brouillon=True, owner=user, slug="mon-adresse", seo_title="Pour les moteurs")
    sent = {name: value for name, value in form.items() if name not in {"slug", "seo_title", "search_description"}}
    sent |= {"title": "Autre titre", "slug": "volee"}
    client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), sent)
    saved = FichePage.objects.get(pk=page.pk).get_latest_revision_as_object()
    assert (saved.title, saved.slug, saved.seo_title) == ("Autre titre", "mon-adresse", "Pour les moteurs")


def test_the_address_of_a_new_resource_comes_from_its_title(form: dict[str, str]) -> None:
    index = index_fiches()
    client, _user = signed_in(roles.CONTRIBUTION)
    sent = {name: value for name, value in form.items() if name not in {"slug", "seo_title", "search_description"}}
    address = reverse("wagtailadmin_pages:add", args=["fiches", "fichepage", index.pk])
    client.post(address, sent | {"title": "Écouter d’abord"})
    assert FichePage.objects.get(title="Écouter d’abord").slug == "ecouter-dabord"
