"""The names of a term in another language: written by those who translate it, public after the review."""

from typing import Any

import pytest
from django.http import HttpResponse
from django.urls import reverse
from wagtail.models import Page, PageLogEntry

from glossaire.models import NomDeTerme, TermePage
from redaction import roles
from redaction.roles import ROLES
from socle.models import Utilisateur
from tests.factories import TermePageFactory
from tests.glossaire.traduction import TraductionDeTerme
from tests.harness.html import StrictClient
from tests.redaction.test_matrice import refused
from tests.redaction.test_publication import personne
from tests.variantes.traduction import client_de, messages_de, role_de

pytestmark = pytest.mark.django_db
ANGLAIS = role_de(roles.TRADUCTIONS, "en")
# Who may change the English pages: those who translate them, and the moderation, everywhere.
ECRIVENT = {ANGLAIS, roles.MODERATION}
VIDES = dict.fromkeys(("sigle", "developpe", "autres_noms", "formes", "nature_grammaticale", "genre_grammatical"), "")


class Noms(TraductionDeTerme):
    @property
    def adresse_des_noms(self) -> str:
        return reverse("glossaire_noms", args=[self.page.pk])

    def nommer(self, user: Utilisateur | None = None, **data: Any) -> HttpResponse:
        given = {**VIDES, "revision": self.page.latest_revision_id, **data}
        return client_de(user or self.traductrice).post(self.adresse_des_noms, given, follow=True)

    @property
    def brouillon(self) -> TermePage:
        draft: TermePage = self.page.get_latest_revision_as_object()
        return draft


@pytest.fixture
def mot() -> Noms:
    return Noms()


def test_a_new_version_has_none_of_the_french_names(mot: Noms) -> None:
    french = TermePageFactory(
        title="Éducation thérapeutique", sigle="ETP", autres_noms="éducation du patient", genre_grammatical="f"
    )
    version = french.copy_for_translation(mot.locale)
    for text in (TermePage.objects.get(pk=version.pk), version.get_latest_revision_as_object()):
        assert (text.sigle, text.autres_noms, text.genre_grammatical) == ("", "", "")
    names = NomDeTerme.objects.filter(page=version).exclude(genre="forme")
    assert set(names.values_list("texte", flat=True)) == {"Éducation thérapeutique"}


def test_they_are_written_in_the_draft_and_public_after_the_review(mot: Noms) -> None:
    response = mot.nommer(sigle="PS", autres_noms="peer helper\npeer worker")
    assert "soumettez la traduction" in messages_de(response)
    assert (mot.brouillon.sigle, mot.page.sigle) == ("PS", "")
    assert mot.brouillon.autres_noms.splitlines() == ["peer helper", "peer worker"]
    mot.soumettre()
    read = mot.lire(mot.relectrice).content.decode()
    assert "Autres noms" in read
    assert "peer helper" in read
    assert "peer worker" in read
    mot.decider(mot.relectrice)
    page = mot.page
    assert (page.live, page.sigle) == (True, "PS")
    assert page.liste_des_autres_noms == ["peer helper", "peer worker"]


def test_what_is_public_does_not_change_without_a_review(mot: Noms) -> None:
    mot.nommer(sigle="PS")
    mot.soumettre()
    mot.decider(mot.relectrice)
    mot.nommer(sigle="PSW")
    assert (mot.page.sigle, mot.brouillon.sigle) == ("PS", "PSW")
    bar = client_de(mot.traductrice).get(reverse("variantes_barre", args=[mot.translation.pk])).content.decode()
    assert "Publiée, avec des changements à soumettre" in bar
    mot.soumettre()
    assert mot.page.sigle == "PS"
    mot.decider(mot.relectrice)
    assert mot.page.sigle == "PSW"


def test_nothing_moves_while_it_is_read(mot: Noms) -> None:
    mot.nommer(sigle="PS")
    mot.soumettre()
    before = mot.page.latest_revision_id
    response = mot.nommer(sigle="AUTRE")
    assert "Le texte est en relecture" in response.content.decode()
    assert mot.page.latest_revision_id == before


def test_a_name_that_is_taken_is_refused_at_its_field(mot: Noms) -> None:
    TermePageFactory(langue="en", title="Helper")
    response = mot.nommer(autres_noms="helper")
    assert "« helper » est déjà un nom du terme « Helper »" in str(response.context["form"].errors["autres_noms"])
    assert mot.brouillon.autres_noms == ""


def test_an_expansion_wants_an_acronym(mot: Noms) -> None:
    response = mot.nommer(developpe="peer support")
    assert "demande un sigle" in str(response.context["form"].errors["developpe"])


def test_two_people_do_not_write_over_each_other(mot: Noms) -> None:
    seen = mot.page.latest_revision_id
    mot.nommer(sigle="PS")
    response = mot.nommer(sigle="XX", revision=seen)
    assert "Ces noms ont changé" in response.content.decode()
    assert mot.brouillon.sigle == "PS"


@pytest.mark.parametrize(
    "data", [{"revision": "x"}, {"revision": "9" * 30}, {"sigle": "A" * 21}, {"genre_grammatical": "?"}]
)
def test_bad_input_is_said_in_the_form(mot: Noms, data: dict[str, str]) -> None:
    response = mot.nommer(**data)
    assert response.status_code == 200
    assert response.context["form"].errors
    assert mot.brouillon.sigle == ""


def test_the_same_names_make_no_revision(mot: Noms) -> None:
    before = mot.page.latest_revision_id
    assert "Rien n’a changé" in messages_de(mot.nommer())
    assert mot.page.latest_revision_id == before


def test_it_is_in_the_history(mot: Noms) -> None:
    mot.nommer(sigle="PS")
    entry = PageLogEntry.objects.filter(page_id=mot.page.pk, action="wagtail.edit").latest("timestamp")
    assert entry.user == mot.traductrice


def test_the_french_names_are_beside(mot: Noms) -> None:
    TermePage.objects.filter(pk=mot.source.pk).update(autres_noms="pair\naidant")
    page = client_de(mot.traductrice).get(mot.adresse_des_noms).content.decode()
    assert "En français : pair, aidant." in page
    assert 'lang="en"' in page


def test_the_bar_leads_to_them(mot: Noms) -> None:
    bar = client_de(mot.traductrice).get(reverse("variantes_barre", args=[mot.translation.pk])).content.decode()
    assert f'href="{mot.adresse_des_noms}"' in bar


def test_a_french_term_has_its_own_editor(mot: Noms) -> None:
    response = client_de(personne(roles.REDACTION)).get(reverse("glossaire_noms", args=[mot.source.pk]))
    assert response.headers["Location"] == reverse("wagtailadmin_pages:edit", args=[mot.source.pk])


def test_by_role(mot: Noms) -> None:
    for role in (*ROLES, None):
        client = client_de(personne(role)) if role else StrictClient()
        sigle = f"R{ROLES.index(role) if role else 'ANON'}"
        data = {**VIDES, "revision": mot.page.latest_revision_id, "sigle": sigle}
        answers = (client.get(mot.adresse_des_noms), client.post(mot.adresse_des_noms, data))
        allowed = role in ECRIVENT
        assert [refused(answer) for answer in answers] == [not allowed] * 2, role
        assert (mot.brouillon.sigle == sigle) == allowed, role


def test_what_is_no_term_is_not_found(mot: Noms) -> None:
    home = Page.objects.get(pk=mot.page.get_parent().pk)
    response = client_de(mot.traductrice).get(reverse("glossaire_noms", args=[home.pk]))
    assert response.status_code in {302, 404}
