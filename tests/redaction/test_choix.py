"""Choosers offer what may be linked to."""

import pytest
from django.urls import reverse

from redaction import roles
from tests.factories import FichePageFactory, index_fiches
from tests.harness.html import StrictClient
from tests.redaction.test_matrice import signed_in

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
