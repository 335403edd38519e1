"""Somebody who has never seen the editor finds in it what each field waits for."""

import pytest
from django.urls import reverse

from redaction import roles
from tests.factories import UtilisateurFactory, groupes_des_roles, index_fiches
from tests.harness.html import StrictClient
from tests.socle.reading import one

pytestmark = pytest.mark.django_db


def test_every_field_of_the_content_says_what_to_write() -> None:
    index = index_fiches()
    groupes_des_roles()
    client = StrictClient()
    client.force_login(UtilisateurFactory(groupes=[roles.CONTRIBUTION.nom]))
    response = client.get(reverse("wagtailadmin_pages:add", args=["fiches", "fichepage", index.pk]))
    tab = one(response, "#tab-contenu")
    fields = {field["data-contentpath"]: field for field in tab.select("[data-contentpath]")}
    assert {"resume", "type_ressource", "etapes", "documents"} <= set(fields)
    without = [name for name, field in fields.items() if not any(aide.text.strip() for aide in field.select(".help"))]
    # The address and the file of a reference share the help of their panel.
    assert without == ["lien_externe", "fichier"]
