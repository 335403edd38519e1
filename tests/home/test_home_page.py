"""The home page of a language, and the frame of every page."""

import datetime
import json

import pytest

from tests.factories import FichePageFactory, IllustrationFactory, accueil, blocs, index_fiches
from tests.harness.html import StrictClient
from tests.socle.reading import links, one, soup, texts, titles

pytestmark = pytest.mark.django_db


def test_it_shows_the_six_resources_revised_last(client: StrictClient) -> None:
    for day in range(1, 9):
        FichePageFactory(title=f"Fiche {day}", revise_le=datetime.date(2026, 1, day))
    FichePageFactory(title="Sans date", revise_le=None)
    response = client.get("/fr/")
    assert titles(response, "dernieres_fiches") == [f"Fiche {day}" for day in (8, 7, 6, 5, 4, 3)]
    assert links(response, "a.lien-fleche") == {"Toutes les ressources": "/fr/fiches/"}


def test_without_resources_it_promises_none(client: StrictClient) -> None:
    accueil()
    response = client.get("/fr/")
    assert response.context["lien_fiches"] == ""
    assert not texts(response, "#dernieres")


def test_a_hidden_index_is_not_offered(client: StrictClient) -> None:
    index = index_fiches()
    assert client.get("/fr/").context["lien_fiches"] == index.url
    index.unpublish()
    assert client.get("/fr/").context["lien_fiches"] == ""


def test_entries_lead_to_pages_and_addresses(client: StrictClient) -> None:
    fiche = FichePageFactory()
    home = accueil()
    base = {"texte": "Un projet.", "pictogramme": "construire"}
    home.entrees = json.dumps(
        [
            {"type": "entree", "value": {**base, "titre": "Je débute", "page": fiche.pk, "url": ""}},
            {"type": "entree", "value": {**base, "titre": "Je cherche", "page": None, "url": "/fr/fiches/?q=a"}},
        ]
    )
    home.save()
    assert links(client.get("/fr/"), ".entrees a") == {"Je débute": fiche.url, "Je cherche": "/fr/fiches/?q=a"}


def test_headings_of_its_text_have_their_own_anchors(client: StrictClient) -> None:
    home = accueil()
    home.corps = json.dumps([blocs.titre("Bonjour"), blocs.titre("Bonjour")])
    home.save()
    anchors = [heading["id"] for heading in soup(client.get("/fr/")).select(".corps h2")]
    assert anchors == ["bonjour", "bonjour-2"]


def test_it_offers_the_search(client: StrictClient) -> None:
    accueil()
    form = one(client.get("/fr/"), "main form[role=search], main search form, main form.recherche")
    assert form["action"] == "/fr/recherche/"


def test_a_shared_page_has_a_title_a_summary_and_a_picture(client: StrictClient) -> None:
    fiche = FichePageFactory(title="Animer", resume="Une phrase.", illustration=IllustrationFactory())
    page = soup(client.get(fiche.url))
    shared = {meta["property"]: meta["content"] for meta in page.select("meta[property]")}
    assert shared["og:title"] == "Animer"
    assert shared["og:description"] == "Une phrase."
    assert shared["og:url"] == fiche.full_url
    assert shared["og:image"].startswith("http")
    assert page.select_one("meta[name=description]")["content"] == "Une phrase."


def test_the_picture_of_sharing_may_be_chosen(client: StrictClient) -> None:
    chosen = IllustrationFactory(title="choisie", file__filename="choisie.png")
    fiche = FichePageFactory(illustration=IllustrationFactory(), image_partage=chosen, seo_title="Titre court")
    page = soup(client.get(fiche.url))
    assert "choisie" in page.select_one('meta[property="og:image"]')["content"]
    assert page.title.get_text(strip=True).startswith("Titre court – ")


def test_the_breadcrumb_leads_home(client: StrictClient) -> None:
    fiche = FichePageFactory(title="Animer")
    response = client.get(fiche.url)
    assert links(response, ".fil a") == {"Accueil": "/fr/", "Les fiches": "/fr/fiches/"}
    assert texts(response, '.fil [aria-current="page"]') == ["Animer"]
    assert not texts(client.get("/fr/"), ".fil")
