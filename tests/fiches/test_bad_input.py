"""Addresses that no link of the site gives: a clear page, never an error."""

import pytest

from fiches import views
from tests.factories import FichePageFactory
from tests.harness.html import StrictClient
from tests.socle.reading import texts, titles

pytestmark = pytest.mark.django_db
INDEX = "/fr/fiches/"


MEANINGLESS = (
    "page=abc",
    "page=0",
    "page=-1",
    "page=1.5",
    f"page={10**20}",
    "page=9999",
    "page=%D9%A9%D9%A9%D9%A9",
    "tri=x",
    f"q={'a' * 5000}",
    "publics=inconnu",
    "publics=%FF",
    f"publics={'a' * 5000}",
    "type=inconnu",
    "duree=inconnu",
    "natures=soins%27--",
    "publics=inconnu&publics=inconnu2&natures=x",
)


def test_a_value_that_means_nothing_gives_the_whole_list_and_says_so(client: StrictClient) -> None:
    FichePageFactory(title="Une", publics=["usagers"])
    for query in MEANINGLESS:
        response = client.get(f"{INDEX}?{query}")
        assert response.status_code == 200, query
        assert titles(response) == ["Une"], query
        messages = texts(response, "#resultats [role=alert] p")
        assert len(messages) == 1, query
        assert len(messages[0]) < 200, query
        assert response.context["actifs"] == [], query


def test_words_that_nothing_contains_give_an_empty_list(client: StrictClient) -> None:
    FichePageFactory(title="Une")
    for query in ("q=%FF%FE", "q=%ED%A0%80", "q=%27%3B--%22%3Cscript%3E", "q=%25", "q=\\"):
        response = client.get(f"{INDEX}?{query}")
        assert response.status_code == 200, query
        assert titles(response) == [], query
        assert response.context["erreurs"] == [], query


def test_an_empty_value_is_no_filter(client: StrictClient) -> None:
    FichePageFactory(title="Une")
    for query in ("tri=", "q=", "q=%20", "page=", "publics=", "type=&duree=", "inconnu=x", "=", "&&"):
        response = client.get(f"{INDEX}?{query}")
        assert titles(response) == ["Une"], query
        assert response.context["actifs"] == [], query


def test_a_nul_character_is_dropped(client: StrictClient) -> None:
    FichePageFactory(title="Accueil", publics=["usagers"])
    for query in ("q=acc%00ueil", "publics=usa%00gers", "page=1%00", "%00=1", "tri=titre&q=%00"):
        response = client.get(f"{INDEX}?{query}", follow=True)
        assert response.status_code == 200, query
        assert titles(response) == ["Accueil"], query


def test_what_is_known_applies_beside_what_is_not(client: StrictClient) -> None:
    FichePageFactory(title="A", publics=["usagers"])
    FichePageFactory(title="B", publics=["aidants"])
    response = client.get(f"{INDEX}?publics=usagers&publics=inconnu&page=abc&tri=x")
    assert titles(response) == ["A"]
    assert len(texts(response, "#resultats [role=alert] p")) == 3
    assert [actif.libelle for actif in response.context["actifs"]] == ["Usagers"]


def test_repeated_parameters_count_once(client: StrictClient) -> None:
    FichePageFactory(title="A", publics=["usagers"])
    response = client.get(f"{INDEX}?publics=usagers&publics=usagers&page=1&page=1&tri=titre&tri=titre&q=b&q=a")
    assert titles(response) == ["A"]
    assert [actif.libelle for actif in response.context["actifs"]] == ["« a »", "Usagers"]
    assert response.context["erreurs"] == []


def test_a_page_beyond_the_last_shows_the_last(client: StrictClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "PAR_PAGE", 2)
    for number in range(3):
        FichePageFactory(title=f"Fiche {number}")
    response = client.get(f"{INDEX}?page=9999&tri=titre")
    assert titles(response) == ["Fiche 2"]
    assert len(response.context["erreurs"]) == 1


def test_a_term_of_another_vocabulary_is_unknown(client: StrictClient) -> None:
    FichePageFactory(title="A", publics=["usagers"], natures=["soins"])
    response = client.get(f"{INDEX}?publics=soins")
    assert titles(response) == ["A"]
    assert len(response.context["erreurs"]) == 1


def test_a_broken_path_is_never_an_error(client: StrictClient) -> None:
    FichePageFactory()
    for path in ("/fr/fiches/%00", "/fr/%00fiches/", "/fr/%FF/", f"/fr/{'a' * 5000}/", "/%00", "/fr/fiches/../"):
        assert client.get(path, follow=True).status_code in {200, 404}, path
