"""The bar above the editor of translations: where they are, what has changed in French, and files for other tools."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from wagtail.models import Page
from wagtail_localize.models import Translation

from fiches.models import FichePage
from redaction import roles
from redaction.roles import Role
from tests.factories import publier
from tests.redaction.test_matrice import PERSONNES, refused, signed_in
from tests.redaction.test_publication import personne
from tests.socle.test_publication import fresh
from tests.variantes.fraicheur import changer, corriger
from tests.variantes.traduction import Traduction, client_de, role_de
from variantes.views.barre import barre

pytestmark = pytest.mark.django_db
TRADUISENT = {role_de(roles.TRADUCTIONS, "en"), roles.MODERATION}


@pytest.fixture
def traduction() -> Traduction:
    return Traduction()


def lue(traduction: Traduction, user: Any = None) -> BeautifulSoup:
    """Return the bar as it stands in the editor."""
    editor = reverse("wagtailadmin_pages:edit", args=[traduction.page.pk])
    response = client_de(user or traduction.traductrice).get(editor)
    assert response.status_code == 200
    return BeautifulSoup(response.content.decode(), "html.parser").select_one("#traduction-barre")


def liens(traduction: Traduction, user: Any = None) -> set[str]:
    return {str(link["href"]) for link in lue(traduction, user).select("a[href]")}


def fichier(nom: str, traduction: Traduction) -> str:
    return reverse(f"wagtail_localize:{nom}_pofile", args=[traduction.translation.pk])


def test_the_bar_says_where_the_translation_is(traduction: Traduction) -> None:
    page, translator = traduction.page, traduction.traductrice

    def said() -> str:
        return str(barre(Translation.objects.get(pk=traduction.translation.pk), traduction.page, translator)["etat"])

    assert said() == "Brouillon"
    traduction.traduire()
    traduction.soumettre()
    assert said() == "En relecture"
    traduction.decider(traduction.relectrice, "reject", "Non")
    assert said() == "Modifications demandées"
    traduction.soumettre()
    traduction.decider(traduction.relectrice)
    assert said() == "Publiée"
    traduction.traduire(lambda text: f"{text} [2]")
    assert said() == "Publiée, avec des changements à soumettre"
    assert not barre(traduction.translation, page, translator)["source_changee"]
    publier(FichePage.objects.get(pk=traduction.source.pk))
    assert barre(traduction.translation, traduction.page, translator)["source_changee"]


def test_the_fragment_of_the_bar_is_for_those_who_translate(traduction: Traduction) -> None:
    url = reverse("variantes_barre", args=[traduction.translation.pk])
    assert "passages" in client_de(traduction.traductrice).get(url).content.decode()
    for user in (traduction.relectrice, None):
        assert refused(client_de(user).get(url))


class TestFrenchChanges:
    """What is late is late for a new text: a typo mended in French calls nobody back."""

    def reprendre(self, traduction: Traduction) -> str:
        return reverse("wagtail_localize:update_translations", args=[traduction.translation.source_id])

    def test_a_minor_change_is_none(self, traduction: Traduction) -> None:
        corriger(traduction.source)
        assert fresh(traduction.source).live_revision_id != traduction.source.live_revision_id
        assert "Le français a changé" not in lue(traduction).get_text()
        assert self.reprendre(traduction) not in liens(traduction)

    def test_a_new_text_is_told_until_it_is_taken(self, traduction: Traduction) -> None:
        corriger(traduction.source)
        changer(traduction.source)
        assert "Le français a changé" in lue(traduction).get_text()
        again = self.reprendre(traduction)
        assert again in liens(traduction)
        # A minor change after it takes nothing back.
        corriger(traduction.source)
        assert again in liens(traduction)
        client_de(traduction.traductrice).post(again)
        assert "Le français a changé" not in lue(traduction).get_text()
        assert again not in liens(traduction)


class TestFiles:
    @PERSONNES
    def test_links_are_for_those_who_may_use_them(self, role: Role, traduction: Traduction) -> None:
        client, user = signed_in(role)
        addresses = {fichier("download", traduction), fichier("upload", traduction)}
        if role in TRADUISENT:
            assert addresses <= liens(traduction, user)
            assert {client.get(address).status_code for address in addresses} == {200}
            return
        for screen in (
            reverse("wagtailadmin_pages:edit", args=[traduction.page.pk]),
            reverse("variantes_barre", args=[traduction.translation.pk]),
        ):
            assert "pofile" not in client.get(screen).content.decode()
        assert all(refused(client.get(address)) for address in addresses)

    def test_a_file_is_not_brought_back_while_somebody_else_holds_the_page(self, traduction: Traduction) -> None:
        Page.objects.filter(pk=traduction.page.pk).update(locked=True, locked_by=personne(roles.MODERATION))
        assert fichier("download", traduction) in liens(traduction)
        assert fichier("upload", traduction) not in liens(traduction)
        assert client_de(traduction.traductrice).get(fichier("upload", traduction)).status_code == 302
        Page.objects.filter(pk=traduction.page.pk).update(locked_by=traduction.traductrice)
        assert fichier("upload", traduction) in liens(traduction)
