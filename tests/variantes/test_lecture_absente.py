"""A page that does not exist in a language is answered by those that do; a closed language shows nothing."""

from typing import Any

import pytest
from django.urls import reverse
from wagtail.models import Locale, Page

from home.models import HomePage
from tests.factories import (
    FichePageFactory,
    InformationPageFactory,
    UtilisateurFactory,
    accueil,
    index_fiches,
    proteger,
)
from tests.harness.html import StrictClient
from tests.harness.queries import queries_of
from tests.socle.reading import links, one, soup, texts

pytestmark = pytest.mark.django_db


@pytest.fixture
def site() -> None:
    for code in ("fr", "fr-simple", "en", "ar"):
        index_fiches(code)


def alias(page: Page, langue: str) -> Page:
    parent = index_fiches(langue)
    made: Page = page.create_alias(parent=parent, update_locale=parent.locale, user=None)
    return made


@pytest.mark.usefixtures("site")
class TestAbsente:
    def test_the_others_are_offered_at_the_address_that_it_would_have(self, client: StrictClient) -> None:
        source = FichePageFactory(title="Animer un groupe", slug="animer")
        version = FichePageFactory(title="تنشيط مجموعة", slug="autre", parent=index_fiches("ar"), version_de=source)
        response = client.get("/en/fiches/animer/")
        assert response.status_code == 404
        assert one(response, "html")["lang"] == "en"
        assert one(response, 'meta[name="robots"]')["content"] == "noindex"
        found = soup(response).select("main a.version")
        assert [(link["href"], link["hreflang"]) for link in found] == [(source.url, "fr"), (version.url, "ar")]
        assert [(link.span["lang"], link.span["dir"]) for link in found] == [("fr", "ltr"), ("ar", "rtl")]
        assert "Animer un groupe" in found[0].get_text()
        assert "/en/" in links(response, "main a").values()

    def test_an_address_of_any_version_will_do(self, client: StrictClient) -> None:
        source = FichePageFactory(slug="animer")
        FichePageFactory(slug="tanchit", parent=index_fiches("ar"), version_de=source)
        assert source.url in links(client.get("/en/fiches/tanchit/"), "main a.version").values()

    def test_the_address_of_another_language_leads_to_the_version(self, client: StrictClient) -> None:
        source = FichePageFactory(slug="animer")
        version = FichePageFactory(slug="run-a-group", parent=index_fiches("en"), version_de=source)
        response = client.get("/en/fiches/animer/")
        assert (response.status_code, response.url) == (302, version.url)

    def test_a_version_taken_away_offers_the_others(self, client: StrictClient) -> None:
        source = FichePageFactory()
        version = FichePageFactory(title="Secret title", slug="old", parent=index_fiches("en"), version_de=source)
        version.unpublish()
        response = client.get("/en/fiches/old/")
        assert response.status_code == 404
        assert source.url in links(response, "main a.version").values()
        assert "Secret title" not in response.content.decode()

    @pytest.mark.parametrize("hide", [lambda page: page.unpublish(), proteger])
    def test_what_is_not_public_is_not_told(self, client: StrictClient, hide: Any) -> None:
        source = FichePageFactory(title="Rien à dire", slug="cachee")
        hide(source)
        response = client.get("/en/fiches/cachee/")
        assert response.status_code == 404
        assert not texts(response, ".version")
        assert "Rien à dire" not in response.content.decode()
        assert client.get(f"/en/version/{source.pk}/").status_code == 404

    def test_the_menu_of_languages_leads_to_the_versions(self, client: StrictClient) -> None:
        source = FichePageFactory(slug="animer")
        response = client.get("/en/fiches/animer/")
        found = {langue["code"]: (langue["url"], langue["existe"]) for langue in response.context["langues"]}
        assert found == {"fr": (source.url, True), "en": ("/en/", False), "ar": ("/ar/", False)}

    @pytest.mark.parametrize(
        "path",
        [
            "/en/fiches/x%00y/",
            f"/en/{'a' * 3000}/",
            "/en/fiches//",
            "/en/fiches/%C3%A9/",
            "/en/..%2f..%2f/",
            "/en/fiches/?x=1",
        ],
    )
    def test_a_strange_address_is_an_ordinary_one(self, client: StrictClient, path: str) -> None:
        FichePageFactory(slug="xy")
        assert client.get(path).status_code in (200, 404)

    def test_its_cost_does_not_depend_on_the_number_of_pages(self, client: StrictClient) -> None:
        FichePageFactory(slug="animer")
        few = len(queries_of(lambda: client.get("/en/fiches/animer/")))
        for _ in range(5):
            FichePageFactory()
        assert len(queries_of(lambda: client.get("/en/fiches/animer/"))) == few <= 15


@pytest.mark.usefixtures("site")
class TestVersion:
    def test_it_leads_to_the_version_once_there_is_one(self, client: StrictClient) -> None:
        source = FichePageFactory()
        response = client.get(f"/fr-simple/version/{source.pk}/")
        assert response.status_code == 200
        assert one(response, 'meta[name="robots"]')["content"] == "noindex"
        assert links(response, "main a.version").popitem()[1] == source.url
        assert "/fr-simple/" in links(response, "main a").values()
        version = FichePageFactory(parent=index_fiches("fr-simple"), version_de=source)
        assert client.get(f"/fr-simple/version/{source.pk}/").url == version.url

    def test_it_is_kept_ready(self, client: StrictClient, settings: Any) -> None:
        settings.PAGE_CACHE = True
        source = FichePageFactory()
        client.get(f"/fr-simple/version/{source.pk}/")
        assert client.get(f"/fr-simple/version/{source.pk}/")["Cache-Control"].startswith("public")

    @pytest.mark.parametrize("number", ["0", "1", "999999", "99999999999999999999999"])
    def test_a_number_of_nothing_is_not_found(self, client: StrictClient, number: str) -> None:
        assert client.get(f"/fr-simple/version/{number}/").status_code == 404

    def test_a_private_page_has_versions_for_who_may_read_it(self, client: StrictClient) -> None:
        source = FichePageFactory(title="Entre nous")
        proteger(source)
        client.force_login(UtilisateurFactory())
        assert "Entre nous" in client.get(f"/en/version/{source.pk}/").content.decode()


@pytest.mark.usefixtures("site")
class TestBascule:
    PATHS = (
        "recherche/?q=a",
        "plan-du-site/",
        "proposer/",
        "proposer/fiche/",
        "signaler/",
        "compte/connexion/",
        "compte/mot-de-passe/oublie/",
        "cette-page-n-existe-pas/",
        "fiches/",
        "",
    )

    @pytest.mark.parametrize("path", PATHS)
    @pytest.mark.parametrize("langue", ["fr", "en", "ar"])
    def test_it_is_on_every_page(self, client: StrictClient, langue: str, path: str) -> None:
        response = client.get(f"/{langue}/{path}", follow=True)
        assert str(one(response, ".bascule-falc")["href"]).startswith("/fr-simple/")

    @pytest.mark.parametrize("path", PATHS[:5])
    def test_it_leads_to_the_same_view_and_back(self, client: StrictClient, path: str) -> None:
        assert one(client.get(f"/fr/{path}"), ".bascule-falc")["href"] == f"/fr-simple/{path}"
        assert one(client.get(f"/fr-simple/{path}"), ".bascule-falc")["href"] == f"/fr/{path}"

    def test_on_a_missing_page_it_leads_to_the_version(self, client: StrictClient) -> None:
        source = FichePageFactory(slug="animer")
        easy = FichePageFactory(parent=index_fiches("fr-simple"), version_de=source)
        assert one(client.get("/en/fiches/animer/"), ".bascule-falc")["href"] == easy.url

    def test_from_a_missing_easy_page_it_leads_back_to_the_french_one(self, client: StrictClient) -> None:
        source = FichePageFactory()
        assert one(client.get(f"/fr-simple/version/{source.pk}/"), ".bascule-falc")["href"] == source.url


@pytest.mark.usefixtures("site")
class TestAlias:
    @pytest.mark.parametrize("langue", ["fr-simple", "en"])
    def test_it_never_shows_a_text_of_another_language(self, client: StrictClient, langue: str) -> None:
        source = FichePageFactory(title="Ordinaire", slug="ordinaire", publiee=True)
        twin = alias(source, langue)
        assert twin.live
        response = client.get(twin.url)
        assert response.status_code == 404
        assert links(response, "main a.version").popitem()[1] == source.url
        for path in ("plan-du-site/", "recherche/?q=ordinaire", "fiches/", ""):
            assert "Ordinaire" not in texts(client.get(f"/{langue}/{path}"), "main a"), path
        assert twin.full_url not in client.get("/sitemap.xml").content.decode()
        assert f'hreflang="{langue}" href="{twin.full_url}"' not in client.get(source.url).content.decode()
        client.force_login(UtilisateurFactory())
        assert client.get(twin.url).status_code == 404

    def test_nor_does_an_alias_of_an_alias(self, client: StrictClient) -> None:
        first = alias(FichePageFactory(title="Ordinaire", publiee=True), "fr-simple")
        second = first.create_alias(update_slug="encore", user=None)
        assert client.get(second.url).status_code == 404

    def test_the_switch_does_not_lead_to_it(self, client: StrictClient) -> None:
        source = FichePageFactory(publiee=True)
        alias(source, "fr-simple")
        response = client.get(source.url)
        assert one(response, ".bascule-falc")["href"] == f"/fr-simple/version/{source.pk}/"

    def test_an_alias_in_its_own_language_is_a_page(self, client: StrictClient) -> None:
        easy = FichePageFactory(title="Facile", parent=index_fiches("fr-simple"), publiee=True)
        assert client.get(easy.create_alias(update_slug="encore", user=None).url).status_code == 200

    def test_an_alias_is_no_home_page(self, client: StrictClient) -> None:
        accueil("es").delete()
        source = HomePage.objects.get(locale__language_code="fr")
        locale = Locale.objects.get(language_code="es")
        source.create_alias(parent=source.get_parent(), update_slug="es", update_locale=locale, user=None)
        assert client.get("/es/").status_code == 404
        assert [langue["code"] for langue in client.get("/fr/").context["langues"]] == ["fr", "en", "ar"]


@pytest.mark.usefixtures("site")
class TestLangueFermee:
    PATHS = (
        "",
        "fiches/",
        "fiches/animer/",
        "recherche/",
        "recherche/?q=animer",
        "recherche/suggestions/?q=a",
        "plan-du-site/",
        "contact/envoyer/",
        "proposer/",
        "proposer/fiche/",
        "signaler/",
        "version/3/",
        "n-importe-quoi/",
    )

    @pytest.mark.parametrize("path", PATHS)
    @pytest.mark.parametrize("opened", [True, False])
    def test_it_answers_nothing(self, client: StrictClient, path: str, opened: bool) -> None:
        FichePageFactory(title="Animer un groupe", slug="animer")
        InformationPageFactory(slug="contact")
        if opened:
            accueil("pt").unpublish()
        response = client.get(f"/pt/{path}")
        assert response.status_code == 404
        assert one(response, "html")["lang"] == "pt"
        inside = {url for url in links(response).values() if url.startswith("/pt/")}
        assert inside == set(), "no link leads further into a language that is not open"
        assert {"/fr/", "/en/", "/ar/"} <= set(links(response, "a").values()) or texts(response, ".version")
        assert client.post(f"/pt/{path}").status_code == 404

    def test_the_page_that_is_asked_for_is_offered_where_it_exists(self, client: StrictClient) -> None:
        source = FichePageFactory(slug="animer")
        assert source.url in links(client.get("/pt/fiches/animer/"), ".version").values()

    def test_it_opens_with_its_home_page(self, client: StrictClient) -> None:
        home = accueil("pt")
        assert client.get("/pt/recherche/").status_code == 200
        home.unpublish()
        assert client.get("/pt/recherche/").status_code == 404

    def test_a_private_home_page_opens_it(self, client: StrictClient) -> None:
        proteger(accueil("pt"))
        assert client.get("/pt/recherche/").status_code == 200

    def test_accounts_and_links_of_mails_still_answer(self, client: StrictClient) -> None:
        assert client.get("/pt/compte/connexion/").status_code == 200
        assert client.get("/pt/proposer/confirmer/x/").status_code == 410
        assert reverse("compte").endswith("/compte/")


@pytest.mark.usefixtures("site")
class TestMenuDesLangues:
    def test_other_languages_lead_to_their_home_page_and_say_so_in_their_own_words(self, client: StrictClient) -> None:
        source = FichePageFactory()
        english = FichePageFactory(parent=index_fiches("en"), version_de=source)
        response = client.get(source.url)
        found = links(response, ".langues ul a")
        assert found == {
            "Français": source.url,
            "English": english.url,
            "العربيّة الصفحة الرئيسية": "/ar/",
        }
        entries = soup(response).select(".langues ul a")
        assert [(link["lang"], link["hreflang"], link["dir"]) for link in entries] == [
            ("fr", "fr", "ltr"),
            ("en", "en", "ltr"),
            ("ar", "ar", "rtl"),
        ]
        assert [link.get("aria-current") for link in entries] == ["true", None, None]


def test_the_accessibility_statement_is_read_in_the_language_of_the_page(client: StrictClient) -> None:
    from tests.socle.test_addresses import reglages

    statement = InformationPageFactory(title="Accessibilité")
    english = InformationPageFactory(parent=accueil("en"), version_de=statement)
    accueil("ar")
    reglages(declaration=statement)
    for code, url in (("fr", statement.url), ("en", english.url), ("ar", statement.url)):
        assert soup(client.get(f"/{code}/")).select(".pied__bas a")[0]["href"] == url
