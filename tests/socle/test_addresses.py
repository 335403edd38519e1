"""Addresses that other software and readers rely on."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache.backends.dummy import DummyCache
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.db.utils import InterfaceError, OperationalError
from django.test import override_settings
from django.utils import timezone
from wagtail.models import Locale, Site

from home.models import HomePage
from socle.models import ReglagesSite
from tests.factories import FichePageFactory, InformationPageFactory, accueil, index_fiches, proteger
from tests.harness.html import StrictClient
from tests.socle.reading import links, one, texts

pytestmark = pytest.mark.django_db


def reglages(**values: Any) -> ReglagesSite:
    found = ReglagesSite.for_site(Site.objects.get(is_default_site=True))
    for name, value in values.items():
        setattr(found, name, value)
    found.save()
    return found


class TestRoot:
    CASES = (
        ("fr", "fr"),
        ("fr-FR", "fr"),
        ("fr-FR,fr;q=0.9,en;q=0.8", "fr"),
        ("fr-CA", "fr"),
        ("en", "en"),
        ("en-GB,en;q=0.9,fr;q=0.1", "en"),
        ("ar", "ar"),
        ("ar-MA,fr;q=0.8", "ar"),
        ("pt-BR", "pt"),
        ("de", "fr"),
        ("de,en;q=0.5", "en"),
        ("es", "fr"),  # no live home page
        ("*", "fr"),
        ("", "fr"),
        ("fr-simple", "fr-simple"),
        ("x" * 5000, "fr"),
    )

    def test_the_root_leads_to_the_reader_s_language(self, client: StrictClient) -> None:
        for code in ("fr", "fr-simple", "en", "ar", "pt"):
            accueil(code)
        for accepted, code in self.CASES:
            response = client.get("/", headers={"Accept-Language": accepted})
            assert (response.status_code, response.url) == (302, f"/{code}/"), accepted
            assert "Accept-Language" in response["Vary"]

    def test_a_language_is_offered_once_its_home_page_is_live(self, client: StrictClient) -> None:
        home = accueil("es")
        assert client.get("/", headers={"Accept-Language": "es"}).url == "/es/"
        home.unpublish()
        assert client.get("/", headers={"Accept-Language": "es"}).url == "/fr/"


class TestLanguagePrefix:
    def test_a_language_without_a_live_home_page_never_serves_french(self, client: StrictClient) -> None:
        fiche = FichePageFactory(title="En français")
        for path in ("/en/", f"/en{fiche.url.removeprefix('/fr')}", "/es/fiches/"):
            assert client.get(path).status_code == 404, path

    def test_a_draft_home_page_is_no_home_page(self, client: StrictClient) -> None:
        accueil("en").unpublish()
        response = client.get("/en/")
        assert response.status_code == 404
        assert one(response, "html")["lang"] == "en"

    def test_an_address_without_a_language_takes_one(self, client: StrictClient) -> None:
        accueil("en")
        response = client.get("/inconnue/", headers={"Accept-Language": "en"}, follow=True)
        assert response.status_code == 404
        assert response.redirect_chain == [("/en/inconnue/", 302)]

    @pytest.mark.parametrize("code", ["fr", "fr-simple", "en", "ar", "es", "pt"])
    def test_a_page_that_does_not_exist_says_so_in_the_right_language(self, client: StrictClient, code: str) -> None:
        accueil(code)
        response = client.get(f"/{code}/cette-page-n-existe-pas/")
        assert response.status_code == 404
        assert one(response, "html")["lang"] == code
        assert one(response, "html").get("dir", "ltr") == ("rtl" if code == "ar" else "ltr")
        assert f"/{code}/" in links(response, "main a").values()

    def test_a_missing_page_has_no_versions(self, client: StrictClient) -> None:
        accueil("en")
        response = client.get("/fr/cette-page-n-existe-pas/")
        versions = {langue["code"]: (langue["url"], langue["existe"]) for langue in response.context["langues"]}
        assert versions == {"fr": ("/fr/", False), "en": ("/en/", False)}

    def test_the_frame_speaks_the_language_of_the_page(self, client: StrictClient) -> None:
        for code in ("fr", "en", "ar"):
            index_fiches(code)
            response = client.get(f"/{code}/fiches/")
            assert response["Content-Language"] == code


class TestFalc:
    @pytest.mark.parametrize(
        ("path", "target"),
        [
            ("/falc", "/fr-simple/"),
            ("/falc/", "/fr-simple/"),
            ("/falc/fiches/", "/fr-simple/fiches/"),
            ("/falc/fiches/une-fiche/?a=1&b=%C3%A9", "/fr-simple/fiches/une-fiche/?a=1&b=%C3%A9"),
            ("/falc/?q=a%26b", "/fr-simple/?q=a%26b"),
            ("/falc/%C3%A9l%C3%A8ve/", "/fr-simple/%C3%A9l%C3%A8ve/"),
            ("/falc/a%3Fb/", "/fr-simple/a%3Fb/"),
            ("/falc//exemple.org/", "/fr-simple//exemple.org/"),
        ],
    )
    def test_it_leads_to_the_easy_to_read_pages(self, client: StrictClient, path: str, target: str) -> None:
        response = client.get(path)
        assert (response.status_code, response.url) == (302, target)

    def test_the_switch_leads_to_the_version_and_back(self, client: StrictClient) -> None:
        source = FichePageFactory(title="Source")
        FichePageFactory(title="Facile", slug="facile", parent=index_fiches("fr-simple"), version_de=source)
        assert one(client.get(source.url), ".bascule-falc")["href"] == "/fr-simple/fiches/facile/"
        assert one(client.get("/fr-simple/fiches/facile/"), ".bascule-falc")["href"] == source.url

    def test_without_a_version_it_leads_to_a_page_that_says_so(self, client: StrictClient) -> None:
        accueil("fr-simple")
        page = FichePageFactory()
        response = client.get(page.url)
        assert one(response, ".bascule-falc")["href"] == f"/fr-simple/version/{page.pk}/"
        assert response.context["falc"].existe is False

    def test_without_easy_to_read_pages_there_is_no_switch(self, client: StrictClient) -> None:
        response = client.get(FichePageFactory().url)
        assert not texts(response, ".bascule-falc")

    def test_easy_to_read_french_is_no_language_of_the_menu(self, client: StrictClient) -> None:
        accueil("fr-simple")
        accueil("en")
        assert [langue["code"] for langue in client.get("/fr/").context["langues"]] == ["fr", "en"]


class TestAccessibility:
    def test_the_address_leads_to_the_statement_in_the_reader_s_language(self, client: StrictClient) -> None:
        page = InformationPageFactory(title="Accessibilité")
        reglages(declaration=page)
        accueil("en")
        assert client.get("/accessibilite").url == page.url
        assert client.get("/accessibilite/", headers={"Accept-Language": "en"}).url == page.url
        version = InformationPageFactory(title="Accessibility", parent=accueil("en"), version_de=page)
        response = client.get("/accessibilite", headers={"Accept-Language": "en"})
        assert response.url == version.url
        assert "Accept-Language" in response["Vary"]

    @pytest.mark.parametrize("hide", [lambda page: page.unpublish(), proteger])
    def test_without_a_public_statement_there_is_nothing(
        self, client: StrictClient, hide: Callable[[Any], None]
    ) -> None:
        accueil()
        assert client.get("/accessibilite", follow=True).status_code == 404
        page = InformationPageFactory(title="Déclaration")
        reglages(declaration=page)
        hide(page)
        assert client.get("/accessibilite", follow=True).status_code == 404

    def test_every_page_says_not_compliant_until_an_audit_is_recorded(self, client: StrictClient) -> None:
        accueil()
        assert "Accessibilité : non conforme" in texts(client.get("/fr/"), ".pied__bas a")
        reglages(accessibilite="partielle", audit_le=datetime.date(2026, 5, 4))
        assert "Accessibilité : partiellement conforme" in texts(client.get("/fr/"), ".pied__bas a")
        reglages(accessibilite="totale")
        assert "Accessibilité : totalement conforme" in texts(client.get("/fr/"), ".pied__bas a")

    @pytest.mark.parametrize("etat", ["partielle", "totale"])
    def test_the_database_refuses_a_compliance_that_nobody_audited(self, etat: str) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            reglages(accessibilite=etat)

    def test_the_mention_is_in_the_footer_of_every_kind_of_page(self, client: StrictClient) -> None:
        fiche = FichePageFactory()
        for path in ("/fr/", "/fr/fiches/", fiche.url, "/fr/recherche/", "/fr/plan-du-site/", "/fr/absente/"):
            assert "Accessibilité : non conforme" in texts(client.get(path), ".pied__bas a"), path


class BrokenCache(DummyCache):
    """A cache whose server is down."""

    def set(self, *args: Any, **kwargs: Any) -> None:
        raise ConnectionError("the cache server is down")


class TestHealth:
    def test_it_is_well_when_database_and_cache_answer(self, client: StrictClient) -> None:
        response = client.get("/healthz")
        assert response.status_code == 200
        assert response.json() == {"status": "ok", "database": True, "cache": True}
        assert "no-store" in response["Cache-Control"]

    @pytest.mark.parametrize("error", [OperationalError, InterfaceError])
    def test_it_is_unwell_when_the_database_does_not_answer(self, client: StrictClient, error: type[Exception]) -> None:
        def refuse(*args: object) -> None:
            raise error("the connection is closed")

        with connection.execute_wrapper(refuse):
            response = client.get("/healthz")
        assert response.status_code == 503
        assert response.json() == {"status": "unavailable", "database": False, "cache": True}

    @pytest.mark.parametrize("backend", ["django.core.cache.backends.dummy.DummyCache", f"{__name__}.BrokenCache"])
    def test_it_is_unwell_when_the_cache_does_not_answer(self, client: StrictClient, backend: str) -> None:
        with override_settings(CACHES={"default": {"BACKEND": backend}}):
            response = client.get("/healthz")
        assert response.status_code == 503
        assert response.json() == {"status": "unavailable", "database": True, "cache": False}


class TestForMachines:
    def test_robots_may_read_everything_public(self, client: StrictClient) -> None:
        response = client.get("/robots.txt")
        assert response["Content-Type"].startswith("text/plain")
        lines = response.content.decode().splitlines()
        assert "User-agent: *" in lines
        assert "Disallow: /admin/" in lines
        assert "Sitemap: http://testserver/sitemap.xml" in lines

    def test_security_txt_has_the_fields_of_rfc_9116(self, client: StrictClient) -> None:
        accueil()
        reglages(courriel="securite@exemple.test")
        response = client.get("/.well-known/security.txt")
        assert response["Content-Type"] == "text/plain; charset=utf-8"
        fields = dict(line.split(": ", 1) for line in response.content.decode().splitlines() if line)
        assert fields["Contact"] == "mailto:securite@exemple.test"
        expires = datetime.datetime.fromisoformat(fields["Expires"])
        assert datetime.timedelta(days=30) < expires - timezone.now() < datetime.timedelta(days=365)
        assert fields["Canonical"] == "http://testserver/.well-known/security.txt"
        assert "fr" in fields["Preferred-Languages"]

    def test_security_txt_always_has_a_contact(self, client: StrictClient) -> None:
        accueil()
        assert "Contact: http" in client.get("/.well-known/security.txt").content.decode()

    def test_a_first_visit_sets_no_cookie(self, client: StrictClient) -> None:
        fiche = FichePageFactory()
        paths = ["/", "/fr/", "/fr/fiches/", "/fr/fiches/?publics=x", fiche.url, "/fr/recherche/?q=a"]
        for path in [*paths, "/fr/plan-du-site/", "/fr/absente/", "/sitemap.xml", "/robots.txt", "/healthz"]:
            assert not client.get(path).cookies, path


class TestLocales:
    def test_every_language_of_the_settings_has_its_locale(self, settings: Any) -> None:
        assert set(Locale.objects.values_list("language_code", flat=True)) == {code for code, _ in settings.LANGUAGES}

    def test_the_home_pages_are_versions_of_each_other(self) -> None:
        accueil("fr")
        accueil("en")
        accueil("ar")
        assert HomePage.objects.values("translation_key").distinct().count() == 1
        assert Site.objects.get(is_default_site=True).root_page.slug == "fr"

    def test_the_models_and_their_migrations_agree(self) -> None:
        call_command("makemigrations", "--check", "--dry-run", verbosity=0)
