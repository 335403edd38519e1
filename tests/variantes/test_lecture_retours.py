"""Readers of the pages in FALC say whether they understood; nothing tells who they are."""

import datetime
from typing import Any

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.urls import reverse
from wagtail.models import Page

from redaction import roles
from redaction.roles import ROLES, Role
from socle.dates import today
from tests.factories import (
    FichePageFactory,
    UtilisateurFactory,
    accueil,
    groupes_des_roles,
    index_fiches,
    proteger,
    publier,
)
from tests.harness.html import StrictClient
from tests.harness.queries import assert_same_cost
from tests.socle.reading import links, one, soup, texts
from variantes.models import RetourLecture
from variantes.operations.retours import CONSERVATION, deposer, effacer_commentaire, oublier_commentaires

pytestmark = pytest.mark.django_db
LECTEURS = {roles.REDACTION_FALC, roles.RELECTURE_FALC, roles.MODERATION, roles.ADMINISTRATION}
QUI_EFFACENT = {roles.MODERATION, roles.ADMINISTRATION}


@pytest.fixture
def page() -> Any:
    return FichePageFactory(title="Une page facile", parent=index_fiches("fr-simple"), publiee=True)


def adresse(page: Page, reponse: str = "compris") -> str:
    return f"/fr-simple/avis/{page.pk}/{reponse}/"


def client_de(*groupes: Role) -> StrictClient:
    groupes_des_roles()
    client = StrictClient()
    client.force_login(UtilisateurFactory(groupes=[role.nom for role in groupes]))
    return client


def lignes(response: Any) -> list[list[str]]:
    """Return the cells of the table of a report."""
    rows = soup(response).select("tbody tr")
    return [[cell.get_text(strip=True) for cell in row.select("td")] for row in rows]


class TestLiens:
    def test_a_page_in_falc_ends_with_three_faces(self, client: StrictClient, page: Page) -> None:
        assert links(client.get(page.url), "main .visage") == {
            "J’ai compris": adresse(page),
            "Je n’ai pas tout compris": adresse(page, "pas-tout"),
            "Je n’ai pas compris": adresse(page, "pas-compris"),
        }
        assert {link["rel"][0] for link in soup(client.get(page.url)).select(".visage")} == {"nofollow"}

    def test_no_other_page_has_them(self, client: StrictClient, page: Page) -> None:
        for url in (FichePageFactory().url, "/fr/", "/fr-simple/plan-du-site/", adresse(page)):
            assert not texts(client.get(url), "main a.visage"), url

    def test_nor_has_a_private_page(self, page: Page) -> None:
        proteger(page)
        client = StrictClient()
        client.force_login(UtilisateurFactory())
        assert not texts(client.get(page.url), ".visage")


class TestFormulaire:
    def test_the_face_is_chosen_already(self, client: StrictClient, page: Page) -> None:
        response = client.get(adresse(page, "pas-tout"))
        assert response.status_code == 200
        assert response["Cache-Control"] == "private, no-store"
        assert one(response, 'meta[name="robots"]')["content"] == "noindex"
        assert one(response, "input[checked]")["value"] == "pas-tout"
        assert "Une page facile" in texts(response, "main .chapeau")
        assert not response.cookies

    def test_it_is_never_kept(self, client: StrictClient, page: Page, settings: Any) -> None:
        settings.PAGE_CACHE = True
        for _ in range(2):
            assert client.get(adresse(page))["Cache-Control"] == "private, no-store"

    def test_what_is_said_is_kept_and_nothing_of_who_says_it(self, client: StrictClient, page: Page) -> None:
        data = {"reponse": "pas-compris", "commentaire": " Un mot est dur. "}
        response = client.post(adresse(page), data, headers={"User-Agent": "x"}, REMOTE_ADDR="198.51.100.7")
        assert (response.status_code, response.url) == (302, f"/fr-simple/avis/{page.pk}/merci/")
        assert not response.cookies
        (row,) = RetourLecture.objects.values()
        del row["id"]
        assert row == {
            "page_id": page.pk,
            "page_titre": "Une page facile",
            "revision_id": Page.objects.get(pk=page.pk).live_revision_id,
            "langue": "fr-simple",
            "reponse": "pas-compris",
            "commentaire": "Un mot est dur.",
            "jour": today(),
        }
        thanks = client.get(response.url)
        assert page.url in links(thanks, "main a").values()
        assert thanks["Cache-Control"] == "private, no-store"

    def test_an_account_is_not_kept_either(self, page: Page) -> None:
        names = {field.name for field in RetourLecture._meta.get_fields()}
        assert names == {"id", "page", "page_titre", "revision", "langue", "reponse", "commentaire", "jour"}

    @pytest.mark.parametrize(
        ("data", "message"),
        [
            ({}, "Choisissez une réponse."),
            ({"reponse": "autre"}, "Choisissez une des trois réponses."),
            ({"reponse": "compris", "commentaire": "x" * 501}, "500 lettres"),
            ({"reponse": "compris", "commentaire": "a\x00b"}, ""),
        ],
    )
    def test_bad_input_is_told(self, client: StrictClient, page: Page, data: dict[str, str], message: str) -> None:
        response = client.post(adresse(page), data)
        assert response.status_code == 422
        assert message in response.content.decode()
        assert not RetourLecture.objects.exists()

    def test_too_big_is_told(self, client: StrictClient, page: Page) -> None:
        assert client.post(adresse(page), {"commentaire": "x" * 300_000}).status_code == 413

    def test_a_robot_is_thanked_and_not_kept(self, client: StrictClient, page: Page) -> None:
        response = client.post(adresse(page), {"reponse": "compris", "site_web": "http://spam.test/"})
        assert response.status_code == 302
        assert not RetourLecture.objects.exists()

    def test_a_whole_group_may_answer_and_a_machine_may_not(
        self, client: StrictClient, page: Page, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("variantes.views.retours.AVIS_PAR_HEURE", 2)
        data = {"reponse": "compris"}
        assert [client.post(adresse(page), data).status_code for _ in range(3)] == [302, 302, 422]
        assert RetourLecture.objects.count() == 2

    def test_there_is_none_for_what_is_no_public_page_in_falc(self, client: StrictClient, page: Page) -> None:
        french, draft, closed = FichePageFactory(), *(FichePageFactory(parent=page.get_parent()) for _ in range(2))
        draft.unpublish()
        proteger(closed)
        for other in (french, draft, closed):
            assert client.get(adresse(other)).status_code == 404
            assert client.post(adresse(other), {"reponse": "compris"}).status_code == 404
        for path in (
            "/fr-simple/avis/0/compris/",
            "/fr-simple/avis/99999999999999999999/compris/",
            adresse(page, "autre"),
            adresse(page).replace("fr-simple", "fr"),
            f"/fr/avis/{page.pk}/merci/",
        ):
            assert client.get(path).status_code == 404, path
        assert not RetourLecture.objects.exists()


class TestRegles:
    def test_the_database_knows_the_three_answers(self, page: Page) -> None:
        for values in ({"reponse": "bof"}, {"page_titre": ""}):
            row = {"page": page, "page_titre": "Une page", "langue": "fr-simple", "reponse": "compris"} | values
            with pytest.raises(IntegrityError), transaction.atomic():
                RetourLecture.objects.create(**row)

    def test_comments_are_forgotten_and_answers_still_count(self, page: Page) -> None:
        old, recent = deposer(page, "compris", "Vieux"), deposer(page, "pas-tout", "Neuf")
        RetourLecture.objects.filter(pk=old.pk).update(jour=today() - CONSERVATION - datetime.timedelta(days=1))
        assert oublier_commentaires() == 1
        assert oublier_commentaires() == 0
        rows = dict(RetourLecture.objects.values_list("reponse", "commentaire"))
        assert rows == {"compris": "", "pas-tout": recent.commentaire}

    def test_they_are_forgotten_by_themselves(self, page: Page) -> None:
        row = deposer(page, "compris", "Vieux")
        RetourLecture.objects.filter(pk=row.pk).update(jour=today() - datetime.timedelta(days=400))
        call_command("run_due", verbosity=0)
        assert RetourLecture.objects.get(pk=row.pk).commentaire == ""

    def test_answers_outlive_their_page_and_its_text(self, page: Page) -> None:
        deposer(page, "compris", "")
        Page.objects.get(pk=page.pk).delete()
        row = RetourLecture.objects.get()
        assert (row.page_id, row.revision_id, row.page_titre) == (None, None, "Une page facile")


class TestRapport:
    URL = "/admin/rapports/retours-de-lecture/"

    @pytest.mark.parametrize("role", ROLES, ids=lambda role: role.nom)
    def test_who_reads_it(self, page: Page, role: Role) -> None:
        retour = deposer(page, "pas-compris", "Un mot est dur.")
        client = client_de(role)
        allowed = role in LECTEURS
        for url in (self.URL, f"{self.URL}{page.pk}/"):
            response = client.get(url)
            assert (response.status_code == 200) is allowed, url
            assert ("Une page facile" in response.content.decode()) is allowed
        assert (self.URL in client.get("/admin/").content.decode()) is allowed
        erase = reverse("retours_lecture_effacer", args=[retour.pk])
        assert (client.get(erase).status_code == 200) is (role in QUI_EFFACENT)
        client.post(erase)
        assert (RetourLecture.objects.get().commentaire == "") is (role in QUI_EFFACENT)

    def test_a_visitor_is_sent_to_the_login(self, client: StrictClient, page: Page) -> None:
        for url in (self.URL, f"{self.URL}{page.pk}/", f"{self.URL}effacer/1/"):
            assert client.get(url).status_code == 302

    def test_the_hardest_pages_come_first(self, page: Page) -> None:
        other = FichePageFactory(title="Une page dure", parent=page.get_parent(), publiee=True)
        for target, answers in ((page, ["compris"] * 3), (other, ["compris", "pas-compris", "pas-tout"])):
            for answer in answers:
                deposer(target, answer, "Dur" if answer == "pas-compris" else "")
        response = client_de(roles.RELECTURE_FALC).get(self.URL)
        rows = [row[:6] for row in lignes(response)]
        assert rows == [["Une page dure", "1", "1", "1", "3", "1"], ["Une page facile", "3", "0", "0", "3", "0"]]

    def test_it_is_filtered_by_time_and_comment(self, page: Page) -> None:
        deposer(page, "compris", "")
        deposer(page, "pas-tout", "Un mot")
        RetourLecture.objects.filter(reponse="compris").update(jour=today() - datetime.timedelta(days=60))
        client = client_de(roles.MODERATION)

        def total(query: str) -> list[str]:
            return [row[4] for row in lignes(client.get(self.URL + query))]

        assert total("") == ["2"]
        assert total("?periode=30") == ["1"]
        assert total("?periode=90") == ["2"]
        assert total("?commentaire=avec") == ["1"]
        assert client.get(f"{self.URL}?periode=n%27importe").status_code == 200

    def test_a_page_shows_its_answers_and_which_text_was_read(self, page: Any) -> None:
        deposer(page, "pas-compris", "Avant")
        page = publier(Page.objects.get(pk=page.pk).specific)
        deposer(page, "compris", "Après")
        url = f"{self.URL}{page.pk}/"
        client = client_de(roles.REDACTION_FALC)
        rows = lignes(client.get(url))
        assert [row[1:4] for row in rows] == [
            ["J’ai compris", "Texte actuel", "Après"],
            ["Je n’ai pas compris", f"Texte du {today():%d/%m/%Y}", "Avant"],
        ]
        assert "Avant" not in client.get(f"{url}?reponse=compris").content.decode()
        assert client.get(f"{self.URL}0/").status_code == 200
        assert client.get(f"/fr{self.URL}999999/").status_code == 404

    def test_a_spreadsheet_runs_nothing(self, page: Page) -> None:
        deposer(page, "compris", "=1+1")
        client = client_de(roles.MODERATION)
        totals = b"".join(client.get(f"{self.URL}?export=csv").streaming_content).decode()
        assert totals.splitlines()[0].startswith("Page,Compris,Pas tout compris")
        assert "Une page facile,1,0,0,1,1" in totals
        rows = b"".join(client.get(f"{self.URL}{page.pk}/?export=csv").streaming_content).decode()
        assert "'=1+1" in rows

    def test_erasing_keeps_the_answer(self, page: Page) -> None:
        retour = deposer(page, "compris", "Je suis Camille")
        user = UtilisateurFactory(superutilisateur=True)
        effacer_commentaire(retour.pk, user)
        assert RetourLecture.objects.values_list("reponse", "commentaire").get() == ("compris", "")

    def test_its_cost_does_not_grow(self, page: Page) -> None:
        client = client_de(roles.ADMINISTRATION)

        def make(number: int) -> None:
            for _ in range(number):
                deposer(FichePageFactory(parent=page.get_parent(), publiee=True), "compris", "Oui")
                deposer(page, "compris", "Oui")

        assert_same_cost(make, lambda: client.get(self.URL), few=1, many=5, limit=25)
        assert_same_cost(make, lambda: client.get(f"{self.URL}{page.pk}/"), few=1, many=5, limit=25)


def test_the_form_costs_little(client: StrictClient, page: Page) -> None:
    from tests.harness.queries import queries_of

    accueil("fr")
    assert len(queries_of(lambda: client.get(adresse(page)))) <= 15
