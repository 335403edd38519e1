"""The chooser of pictograms: who opens it, what it proposes first, what it answers to bad input."""

import json
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.images.models import Image
from wagtail.models import Collection, GroupCollectionPermission

from redaction import roles
from redaction.permissions import matrice
from redaction.roles import Role
from socle.models import Illustration
from tests.factories import IllustrationFactory, UtilisateurFactory, groupes_des_roles
from tests.harness.html import StrictClient
from tests.redaction.test_matrice import ANONYME, PERSONNES, refused, signed_in
from tests.variantes.test_pictogrammes import Bank
from variantes.blocks.falc import LignesBlock
from variantes.operations.pictogrammes import installer_banque, ouvrir_collection

pytestmark = pytest.mark.django_db


@pytest.fixture
def bank(monkeypatch: pytest.MonkeyPatch) -> None:
    Bank(monkeypatch, "reunion", "accessible", "porte", "parler", "lettre")
    installer_banque()


@pytest.fixture
def redactrice(db: None) -> StrictClient:
    groupes_des_roles()
    client, _user = signed_in(roles.REDACTION_FALC)
    return client


def modal(client: StrictClient, **query: Any) -> BeautifulSoup:
    response = client.get(reverse("pictogrammes_choisir"), query)
    answer = json.loads(response.content)
    assert answer["step"] == "choose"
    return BeautifulSoup(answer["html"], "html.parser")


def results(client: StrictClient, **query: Any) -> BeautifulSoup:
    response = client.get(reverse("pictogrammes_resultats"), query)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def titles(page: BeautifulSoup, where: str = "") -> list[str]:
    return [tag.get_text(strip=True) for tag in page.select(f"{where} a.pictogrammes__choix")]


def headings(page: BeautifulSoup) -> list[str]:
    return [tag.get_text(strip=True) for tag in page.select(".pictogrammes__rayon")]


def proposed(page: BeautifulSoup) -> list[str]:
    return titles(page, ".pictogrammes__grille--proposes")


@PERSONNES
def test_it_opens_to_whoever_may_choose_pictures(role: Role, bank: None) -> None:
    groupes_des_roles()
    client, _user = signed_in(role)
    allowed = role is not ANONYME and "choose" in matrice.sur_collection(role, Image)
    for name in ("pictogrammes_choisir", "pictogrammes_resultats"):
        response = client.get(reverse(name))
        assert response.status_code == 200 if allowed else refused(response)


class TestWhatItProposes:
    def test_the_words_of_the_line_come_first(self, redactrice: StrictClient, bank: None) -> None:
        page = modal(redactrice, mots="Nous avons une réunion. La salle est accessible.")
        assert proposed(page) == ["La réunion", "Accessible", "La porte"]
        assert page.select_one("[role=alert]").get_text(strip=True) == "3 pictogrammes pour votre texte"

    def test_then_the_whole_bank_by_theme(self, redactrice: StrictClient, bank: None) -> None:
        page = modal(redactrice, mots="réunion")
        assert headings(page) == [
            "Dire et comprendre",
            "Ensemble",
            "Le temps et les lieux",
            "Les papiers et l’argent",
            "Les droits",
        ]
        assert len(titles(page)) == 5 + 1

    def test_without_words_the_bank_alone(self, redactrice: StrictClient, bank: None) -> None:
        page = modal(redactrice)
        assert proposed(page) == []
        assert page.select("[role=alert]") == []
        assert len(titles(page)) == 5

    def test_words_that_no_drawing_says_are_told(self, redactrice: StrictClient, bank: None) -> None:
        page = modal(redactrice, mots="Abracadabra")
        assert "Aucun pictogramme ne correspond à votre texte" in page.get_text()
        assert len(titles(page)) == 5

    def test_a_search_from_its_first_letters(self, redactrice: StrictClient, bank: None) -> None:
        page = results(redactrice, q="réun", mots="parler")
        assert titles(page) == ["La réunion"]
        assert page.select_one("[role=alert]").get_text(" ", strip=True) == "1 pictogramme pour « réun »"

    def test_a_search_that_finds_nothing_leaves_the_bank(self, redactrice: StrictClient, bank: None) -> None:
        page = results(redactrice, q="<b>xyz</b>")
        assert "Aucun pictogramme pour « <b>xyz</b> »" in page.get_text()
        assert len(titles(page)) == 5

    def test_keywords_of_an_editor_count(self, redactrice: StrictClient, bank: None) -> None:
        Illustration.objects.get(title="La lettre").tags.add("missive")
        assert proposed(modal(redactrice, mots="Vous lisez une missive.")) == ["La lettre"]

    def test_pictures_filed_under_the_bank_are_of_it_others_are_not(self, redactrice: StrictClient, bank: None) -> None:
        IllustrationFactory(title="Réunion d’ailleurs", collection=ouvrir_collection("Atelier fictif"))
        IllustrationFactory(title="Réunion de la rédaction", collection=ouvrir_collection())
        IllustrationFactory(title="Photo de réunion")
        page = modal(redactrice, mots="réunion")
        assert sorted(proposed(page)) == ["La réunion", "Réunion de la rédaction", "Réunion d’ailleurs"]
        assert [tag.get_text(strip=True) for tag in page.select(".pictogrammes__rayon")][-2:] == [
            "Atelier fictif",
            "Autres pictogrammes",
        ]
        assert "Photo de réunion" not in page.get_text()

    def test_each_leads_to_wagtails_own_answer(self, redactrice: StrictClient, bank: None) -> None:
        link = modal(redactrice, mots="réunion").select_one(".pictogrammes__grille--proposes a")
        assert link.has_attr("data-chooser-modal-choice")
        answer = json.loads(redactrice.get(link["href"]).content)
        assert (answer["step"], answer["result"]["title"]) == ("chosen", "La réunion")

    def test_other_pictures_are_one_link_away(self, redactrice: StrictClient, bank: None) -> None:
        link = modal(redactrice).select_one(".pictogrammes__autre a")
        assert json.loads(redactrice.get(link["href"]).content)["step"] == "choose"

    def test_an_empty_bank_says_how_to_fill_it(self, redactrice: StrictClient) -> None:
        assert "manage.py pictogrammes" in modal(redactrice, mots="réunion").get_text()


class TestLimits:
    @pytest.mark.parametrize(
        ("query", "field"),
        [
            ({"q": "a" * 101}, "Recherche"),
            ({"mots": "a" * 2001}, "Texte de la ligne"),
            ({"p": "deux"}, "Page"),
            ({"p": "0"}, "Page"),
            ({"p": "9" * 30}, "Page"),
        ],
    )
    def test_bad_input_is_told(self, redactrice: StrictClient, bank: None, query: dict[str, str], field: str) -> None:
        for page in (results(redactrice, **query), modal(redactrice, **query)):
            assert page.select_one("[role=alert]").get_text(strip=True).startswith(f"{field} :")
            assert titles(page) == []

    def test_a_page_too_far_is_the_last(self, redactrice: StrictClient, bank: None) -> None:
        assert len(titles(results(redactrice, p="99"))) == 5

    def test_only_reading(self, redactrice: StrictClient, bank: None) -> None:
        assert redactrice.post(reverse("pictogrammes_choisir")).status_code == 405

    def test_a_person_sees_what_she_may_choose(self, bank: None) -> None:
        root = Collection.get_first_root_node()
        mine, group = ouvrir_collection("Atelier fictif"), Group.objects.create(name="Atelier")
        group.permissions.add(Permission.objects.get(codename="access_admin"))
        choose = Permission.objects.get(codename="choose_image")
        GroupCollectionPermission.objects.create(group=group, collection=mine, permission=choose)
        IllustrationFactory(title="Réunion d’ailleurs", collection=mine)
        client = StrictClient()
        client.force_login(UtilisateurFactory(groupes=["Atelier"]))
        assert titles(results(client)) == ["Réunion d’ailleurs"]
        assert root.get_children().count() == 1

    def test_more_pictures_cost_no_more_queries(self, redactrice: StrictClient, bank: None) -> None:
        costs = []
        for number in (0, 20):
            for image in IllustrationFactory.create_batch(number, collection=ouvrir_collection()):
                image.tags.add("réunion")
            with CaptureQueriesContext(connection) as queries:
                modal(redactrice, mots="Nous avons une réunion")
            costs.append(len(queries))
        assert costs[0] == costs[1]
        assert costs[0] <= 15


def test_the_block_opens_the_bank() -> None:
    field = LignesBlock().child_blocks["pictogramme"].field
    html = field.widget.render("picto", None, {"id": "picto"})
    assert reverse("pictogrammes_choisir") in html
    assert "Choisir un pictogramme" in html
