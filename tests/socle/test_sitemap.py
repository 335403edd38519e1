"""sitemap.xml: every public page, its language versions, nothing else."""

import xml.etree.ElementTree as ET

import pytest

from home.models import HomePage
from socle.sitemaps import PagesSitemap
from tests.factories import FichePageFactory, InformationPageFactory, accueil, index_fiches, publier
from tests.harness.html import StrictClient
from tests.socle.reading import soup

pytestmark = pytest.mark.django_db
NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


def read(client: StrictClient) -> dict[str, dict[str, str]]:
    """Return the language versions of each address."""
    response = client.get("/sitemap.xml")
    assert response["Content-Type"] == "application/xml"
    root = ET.fromstring(response.content)
    return {
        url.findtext("s:loc", "", NAMES): {
            link.attrib["hreflang"]: link.attrib["href"] for link in url.findall("x:link", NAMES)
        }
        for url in root.findall("s:url", NAMES)
    }


def test_it_lists_every_public_page_once_with_its_address(client: StrictClient) -> None:
    fiche = FichePageFactory()
    InformationPageFactory(brouillon=True)
    found = read(client)
    assert set(found) == {page.full_url for page in (accueil(), index_fiches(), fiche)}


def test_versions_are_told_except_easy_to_read_french(client: StrictClient) -> None:
    source = FichePageFactory()
    english = FichePageFactory(parent=index_fiches("en"), version_de=source)
    easy = FichePageFactory(parent=index_fiches("fr-simple"), version_de=source)
    alone = FichePageFactory()
    found = read(client)
    versions = {"fr": source.full_url, "en": english.full_url, "x-default": source.full_url}
    assert found[source.full_url] == found[english.full_url] == versions
    assert found[easy.full_url] == {}
    assert found[alone.full_url] == {}


def test_the_pages_say_the_same(client: StrictClient) -> None:
    source = FichePageFactory()
    english = FichePageFactory(parent=index_fiches("en"), version_de=source)
    easy = FichePageFactory(parent=index_fiches("fr-simple"), version_de=source)
    for page in (source, english):
        told = {link["hreflang"]: link["href"] for link in soup(client.get(page.url)).select("link[rel=alternate]")}
        assert told == {"fr": source.full_url, "en": english.full_url, "x-default": source.full_url}
    shown = soup(client.get(easy.url)).select('link[rel=alternate][hreflang="fr-simple"]')
    assert shown == []


def test_who_reads_no_language_of_the_site_is_sent_to_the_choice_of_the_browser(client: StrictClient) -> None:
    home = accueil("en")
    told = {link["hreflang"]: link["href"] for link in soup(client.get("/en/")).select("link[rel=alternate]")}
    assert told == {"fr": accueil().full_url, "en": home.full_url, "x-default": "http://localhost/"}
    assert read(client)[home.full_url] == told


def test_the_date_is_that_of_the_last_publication(client: StrictClient) -> None:
    page = FichePageFactory(publiee=True)
    html = client.get("/sitemap.xml").content.decode()
    assert f"<lastmod>{page.last_published_at:%Y-%m-%d}</lastmod>" in html
    publier(page)
    assert client.get("/sitemap.xml").status_code == 200


def test_a_page_outside_the_site_has_no_address_to_tell(client: StrictClient) -> None:
    home = accueil()
    stray = HomePage(title="Essai", slug="essai", locale=home.locale, live=True)
    home.get_parent().add_child(instance=stray)
    assert "None" not in client.get("/sitemap.xml").content.decode()
    assert set(read(client)) == {home.full_url}


def test_a_large_site_has_an_index_of_its_parts(client: StrictClient, monkeypatch: pytest.MonkeyPatch) -> None:
    pages = {accueil().full_url, index_fiches().full_url, FichePageFactory().full_url}
    monkeypatch.setattr(PagesSitemap, "limit", 2)
    root = ET.fromstring(client.get("/sitemap.xml").content)
    parts = [part.text or "" for part in root.findall("s:sitemap/s:loc", NAMES)]
    assert len(parts) == 2
    found = [
        loc.text for part in parts for loc in ET.fromstring(client.get(part).content).findall("s:url/s:loc", NAMES)
    ]
    assert len(found) == 3
    assert set(found) == pages


@pytest.mark.parametrize("page", ["0", "abc", "99", "-1"])
def test_a_page_that_does_not_exist_is_not_found(client: StrictClient, page: str) -> None:
    accueil()
    assert client.get(f"/sitemap-pages.xml?p={page}").status_code == 404
    assert client.get(f"/sitemap-{page}.xml").status_code == 404
