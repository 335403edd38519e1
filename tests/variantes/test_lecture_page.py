"""What helps to read a page: voice, print, age of the version, way to use the site."""

from typing import Any

import pytest
from wagtail.models import Locale, Page

from socle.dates import today
from socle.langues import locale_et_pays, voix
from tests.factories import ContactPageFactory, FichePageFactory, InformationPageFactory, accueil, index_fiches
from tests.harness.html import StrictClient
from tests.harness.queries import queries_of
from tests.socle.reading import links, one, soup, texts
from tests.socle.test_navigation import menu
from tests.variantes import fraicheur as textes

pytestmark = pytest.mark.django_db


class TestOutils:
    @pytest.mark.parametrize(
        ("langue", "voice"), [("fr", "fr-FR"), ("fr-simple", "fr-FR"), ("en", "en-GB"), ("ar", "ar"), ("pt", "pt-PT")]
    )
    def test_a_text_is_listened_to_in_its_language(self, client: StrictClient, langue: str, voice: str) -> None:
        page = FichePageFactory(parent=index_fiches(langue))
        response = client.get(page.url)
        reader = one(response, "main lecture-vocale")
        # Shown by the script where the device has the voice.
        assert reader.has_attr("hidden")
        assert reader["data-langue"] == voice
        assert [button["type"] for button in reader.select("button")] == ["button"] * 5
        assert one(response, "main bouton-imprimer").has_attr("hidden")
        assert page.full_url in one(response, ".impression-tete").get_text()

    def test_a_list_and_a_form_are_not_read(self, client: StrictClient) -> None:
        for url in (index_fiches().url, ContactPageFactory().url, "/fr/recherche/", "/fr/plan-du-site/"):
            assert not soup(client.get(url)).select("lecture-vocale"), url


@pytest.mark.parametrize(
    ("code", "country", "voice"),
    [
        ("fr", "fr_FR", "fr-FR"),
        ("fr-simple", "fr_FR", "fr-FR"),
        ("en", "en_GB", "en-GB"),
        ("ar", "ar_AR", "ar"),
        ("pt", "pt_PT", "pt-PT"),
        ("tr", "tr_TR", "tr-TR"),
        ("uk", "uk_UA", "uk-UA"),
        ("zh-hans", "zh_CN", "zh-CN"),
        ("xx", "xx", "xx"),
    ],
)
def test_a_language_has_a_country_without_a_list_to_keep(code: str, country: str, voice: str) -> None:
    assert (locale_et_pays(code), voix(code)) == (country, voice)


class TestRetard:
    @pytest.fixture
    def source(self) -> Any:
        textes.arbre("fr", "fr-simple", "en", "ar")
        return textes.source(title="Animer")

    def test_readers_are_told_of_a_newer_french_page(self, client: StrictClient, source: Any) -> None:
        versions = [textes.variante(source, langue) for langue in ("en", "fr-simple")]
        for version in versions:
            assert not texts(client.get(version.url), ".avis-retard")
        textes.changer(source)
        for version in versions:
            response = client.get(version.url)
            link = one(response, ".avis-retard a")
            assert (link["href"], link["hreflang"]) == (source.url, "fr")
        assert str(today().year) in texts(client.get(versions[0].url), ".avis-retard")[0]

    def test_not_of_a_minor_change_nor_on_the_french_page(self, client: StrictClient, source: Any) -> None:
        version = textes.variante(source, "en")
        textes.corriger(source)
        assert not texts(client.get(version.url), ".avis-retard")
        textes.changer(source)
        assert not texts(client.get(source.url), ".avis-retard")

    def test_not_of_a_french_page_that_is_gone(self, client: StrictClient, source: Any) -> None:
        version = textes.variante(source, "en")
        textes.changer(source)
        Page.objects.get(pk=source.pk).unpublish()
        assert not texts(client.get(version.url), ".avis-retard")

    def test_a_page_with_everything_stays_within_the_budget(self, client: StrictClient, source: Any) -> None:
        version = textes.variante(source, "fr-simple")
        textes.changer(source)
        assert len(queries_of(lambda: client.get(version.url))) <= 15


class TestModeEmploi:
    def test_the_menu_in_falc_begins_with_it(self, client: StrictClient) -> None:
        french, other = InformationPageFactory(title="À propos"), FichePageFactory()
        menu(french, ("Ailleurs", "https://exemple.org/"))
        assert links(client.get("/fr/"), ".menu-liens a")
        InformationPageFactory(title="Qui nous sommes", parent=accueil("fr-simple"), version_de=french)
        page = InformationPageFactory(
            title="Comment utiliser ce site", slug="utiliser-ce-site", parent=accueil("fr-simple"), version_de=other
        )
        response = client.get("/fr-simple/")
        assert list(links(response, ".menu-liens a")) == ["Comment utiliser ce site", "Qui nous sommes"]
        assert links(response, "main .mode-emploi a") == {"Comment utiliser ce site": page.url}
        assert texts(client.get(page.url), '.menu-liens [aria-current="page"]') == ["Comment utiliser ce site"]
        page.unpublish()
        assert list(links(client.get("/fr-simple/"), ".menu-liens a")) == ["Qui nous sommes"]

    def test_a_menu_that_has_it_already_shows_it_once(self, client: StrictClient) -> None:
        page = InformationPageFactory(title="Aide", slug="utiliser-ce-site", parent=accueil("fr-simple"))
        menu(page, langue="fr-simple")
        assert texts(client.get("/fr-simple/"), ".menu-liens a") == ["Aide"]

    def test_other_languages_have_their_own_menu(self, client: StrictClient) -> None:
        InformationPageFactory(slug="utiliser-ce-site")
        assert not texts(client.get("/fr/"), ".menu-liens a")

    def test_the_footer_in_falc_offers_no_language_without_the_page(self, client: StrictClient) -> None:
        accueil("en")
        page = FichePageFactory(parent=index_fiches("fr-simple"), version_de=FichePageFactory())
        assert set(links(client.get(page.url), ".pied nav a")) == {"Français"}
        assert Locale.objects.filter(language_code="en").exists()
