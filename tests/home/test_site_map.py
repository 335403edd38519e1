"""The site map of a language."""

import pytest

from home.models import HomePage
from home.queries import arbre
from tests.factories import FichePageFactory, InformationPageFactory, UtilisateurFactory, accueil, anonyme, index_fiches
from tests.harness.html import StrictClient
from tests.socle.reading import links, texts

pytestmark = pytest.mark.django_db


def test_it_shows_the_tree_of_the_language(client: StrictClient) -> None:
    fiche = FichePageFactory(title="Animer")
    folder = InformationPageFactory(title="Dossier")
    page = InformationPageFactory(title="Page", parent=folder)
    FichePageFactory(title="English", parent=index_fiches("en"))
    (root,) = arbre("fr", anonyme())
    assert root.url == "/fr/"
    tree = {child.titre: [leaf.titre for leaf in child.enfants] for child in root.enfants}
    assert tree == {"Les fiches": ["Animer"], "Dossier": ["Page"]}
    response = client.get("/fr/plan-du-site/")
    assert {fiche.url, page.url, folder.url} <= set(links(response, "main a").values())
    assert texts(response, "h1") == ["Plan du site"]


def test_a_page_below_a_hidden_one_hangs_from_the_nearest_visible_one() -> None:
    folder = InformationPageFactory(title="Dossier", brouillon=True)
    InformationPageFactory(title="Page", parent=folder)
    (root,) = arbre("fr", anonyme())
    assert [child.titre for child in root.enfants] == ["Page"]


def test_a_page_outside_the_site_is_not_on_the_map() -> None:
    home = accueil()
    stray = HomePage(title="Essai", slug="essai", locale=home.locale, live=True)
    home.get_parent().add_child(instance=stray)
    assert [root.titre for root in arbre("fr", anonyme())] == [home.title]


def test_each_reader_sees_what_they_may_read() -> None:
    InformationPageFactory(title="Réservée", protegee="login")
    assert arbre("fr", anonyme())[0].enfants == []
    assert [child.titre for child in arbre("fr", UtilisateurFactory())[0].enfants] == ["Réservée"]


def test_a_language_without_pages_has_an_empty_map(client: StrictClient) -> None:
    accueil()
    response = client.get("/es/plan-du-site/")
    assert response.status_code in {200, 404}
    assert "/fr/" not in links(response, "main a").values()


def test_its_menu_of_languages_leads_to_the_other_maps(client: StrictClient) -> None:
    accueil("en")
    languages = {langue["code"]: langue["url"] for langue in client.get("/fr/plan-du-site/").context["langues"]}
    assert languages == {"fr": "/fr/plan-du-site/", "en": "/en/plan-du-site/"}
