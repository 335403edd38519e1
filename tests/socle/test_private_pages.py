"""Private pages: who is asked for what, and what they see before."""

import pytest

from tests.factories import FichePageFactory, UtilisateurFactory, proteger
from tests.factories.comptes import MOT_DE_PASSE
from tests.factories.pages import GROUPE
from tests.harness.html import StrictClient
from tests.socle.reading import one, texts

pytestmark = pytest.mark.django_db
TITRE = "Fiche réservée"


def fill(client: StrictClient, response: object, **values: str) -> object:
    """Send the form of a page, as a browser would."""
    form = one(response, "form[method=post]:not([data-cle])")
    fields = {field["name"]: field.get("value", "") for field in form.select("input[name]")}
    path = form.get("action") or response.request["PATH_INFO"]
    return client.post(path, {**fields, **values}, follow=True)


class TestPassword:
    @pytest.fixture
    def url(self) -> str:
        page = FichePageFactory(title=TITRE)
        proteger(page, "password", mot_de_passe="sesame")
        return page.url

    def test_the_page_asks_for_it_without_a_word_of_what_it_hides(self, client: StrictClient, url: str) -> None:
        response = client.get(url)
        assert TITRE not in response.content.decode()
        assert one(response, "main [type=password]")["autocomplete"] == "current-password"

    def test_the_right_one_opens_the_page_for_that_reader_only(self, client: StrictClient, url: str) -> None:
        opened = fill(client, client.get(url), password="sesame")
        assert opened.status_code == 200
        assert TITRE in opened.content.decode()
        assert TITRE in client.get(url).content.decode()
        assert TITRE not in StrictClient().get(url).content.decode()

    def test_a_wrong_one_is_told(self, client: StrictClient, url: str) -> None:
        response = fill(client, client.get(url), password="faux")
        assert TITRE not in response.content.decode()
        assert any("n’ouvre pas" in text for text in texts(response, "main"))

    def test_the_answer_never_leads_to_another_site(self, client: StrictClient, url: str) -> None:
        form = one(client.get(url), "form[method=post]")
        response = client.post(form["action"], {"password": "sesame", "return_url": "https://exemple.org/"})
        assert "exemple.org" not in response.get("Location", "")


class TestLogin:
    def test_a_reader_without_an_account_is_asked_to_sign_in_and_comes_back(self, client: StrictClient) -> None:
        page = FichePageFactory(title=TITRE, protegee="login")
        UtilisateurFactory(email="membre@exemple.test")
        asked = client.get(page.url, follow=True)
        assert asked.status_code == 200
        assert TITRE not in asked.content.decode()
        opened = fill(client, asked, login="membre@exemple.test", password=MOT_DE_PASSE)
        assert opened.request["PATH_INFO"] == page.url
        assert TITRE in opened.content.decode()

    def test_a_group_opens_its_pages_to_its_members_only(self, client: StrictClient) -> None:
        page = FichePageFactory(title=TITRE, protegee="groups")
        client.force_login(UtilisateurFactory())
        assert TITRE not in client.get(page.url, follow=True).content.decode()
        client.force_login(UtilisateurFactory(groupes=(GROUPE,)))
        assert TITRE in client.get(page.url).content.decode()
