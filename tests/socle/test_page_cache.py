"""Kept pages: sent again as they are, until the content changes; never to or from someone with a session."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from wagtail.models import PageViewRestriction, Site

from fiches.models import FichePage
from socle import generation, page_cache
from socle.models import LienMenu, Public, ReglagesSite
from tests.factories import (
    ContactPageFactory,
    FichePageFactory,
    IllustrationFactory,
    InformationPageFactory,
    UtilisateurFactory,
    accueil,
    index_fiches,
    proteger,
    publier,
)
from tests.harness.html import StrictClient
from tests.socle.reading import one
from tests.socle.test_navigation import menu
from tests.socle.test_run_due import schedule

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def cache_on(settings: Any) -> None:
    settings.PAGE_CACHE = True
    accueil()
    StrictClient().get("/fr/")  # the first page of a new site creates its settings
    page_cache.store.clear()


def text(client: StrictClient, url: str) -> str:
    return client.get(url).content.decode()


class TestKept:
    def test_a_second_reader_gets_the_same_page_for_at_most_two_queries(
        self, client: StrictClient, django_assert_max_num_queries: Any
    ) -> None:
        fiche = FichePageFactory()
        first = client.get(fiche.url)
        with django_assert_max_num_queries(2):
            second = StrictClient().get(fiche.url)
        assert second.content == first.content
        assert second["Content-Type"] == first["Content-Type"]
        assert second["Content-Security-Policy"] == first["Content-Security-Policy"]
        assert second["Content-Language"] == "fr"

    def test_a_reader_who_has_the_page_gets_an_empty_answer(self, client: StrictClient) -> None:
        fiche = FichePageFactory()
        etag = client.get(fiche.url)["ETag"]
        again = client.get(fiche.url, headers={"If-None-Match": f'"autre", W/{etag}'})
        assert (again.status_code, again.content, again["ETag"]) == (304, b"", etag)
        assert client.get(fiche.url, headers={"If-None-Match": '"autre"'}).status_code == 200

    def test_each_address_has_its_own_page(self, client: StrictClient) -> None:
        FichePageFactory(title="Une", publics=["usagers"])
        FichePageFactory(title="Deux", publics=["aidants"])
        assert "Deux" not in text(client, "/fr/fiches/?publics=usagers")
        assert "Deux" in text(client, "/fr/fiches/?publics=aidants")

    def test_languages_do_not_mix(self, client: StrictClient) -> None:
        accueil("en")
        for _ in range(2):
            assert 'lang="en"' in text(client, "/en/")
            assert 'lang="fr"' in text(client, "/fr/")

    def test_the_root_follows_each_reader(self, client: StrictClient) -> None:
        accueil("en")
        assert client.get("/", headers={"Accept-Language": "en"}).url == "/en/"
        assert client.get("/", headers={"Accept-Language": "fr"}).url == "/fr/"

    def test_the_store_stays_within_its_limit(self) -> None:
        store = page_cache.Store(limit=1000)
        for number in range(50):
            entry = page_cache.Entry(b"x" * 90, (), str(number))
            store.put((1, "", False, "", str(number), False), entry)
        assert len(store) <= 11
        store.put((1, "", False, "", "long", False), page_cache.Entry(b"x" * 500, (), ""))
        assert store.get((1, "", False, "", "long", False)) is None


def rename(page: FichePage) -> str:
    page.title = "Titre nouveau"
    publier(page)
    return "Titre nouveau"


def settings_of_the_site(_page: FichePage) -> str:
    found = ReglagesSite.for_site(Site.objects.get(is_default_site=True))
    found.nom = "Nom nouveau"
    found.save()
    return "Nom nouveau"


def menu_link(_page: FichePage) -> str:
    menu(("Lien nouveau", "https://exemple.org/nouveau"))
    return "Lien nouveau"


def term(_page: FichePage) -> str:
    found = Public.objects.get(slug="usagers", locale__language_code="fr")
    found.nom = "Nom de public nouveau"
    found.save()
    return "Nom de public nouveau"


def picture(page: FichePage) -> str:
    page.illustration.description = "Description nouvelle"
    page.illustration.save()
    return "Description nouvelle"


def other_language(page: FichePage) -> str:
    FichePageFactory(title="New", slug="new", parent=index_fiches("en"), version_de=page)
    return "/en/fiches/new/"


def related(_page: FichePage) -> str:
    FichePageFactory(title="Proche nouvelle", natures=["soins"])
    return "Proche nouvelle"


class TestChange:
    @pytest.mark.parametrize(
        "change", [rename, settings_of_the_site, menu_link, term, picture, other_language, related]
    )
    def test_a_change_shows_at_once(self, client: StrictClient, change: Callable[[FichePage], str]) -> None:
        page = FichePageFactory(
            title="Avant", publics=["usagers"], natures=["soins"], illustration=IllustrationFactory()
        )
        before = text(client, page.url)
        new = change(page)
        assert new not in before
        assert new in text(client, page.url)

    def test_a_page_taken_away_is_gone_at_once(self, client: StrictClient) -> None:
        page = FichePageFactory(publiee=True)
        for hide, status in ((page.unpublish, 404), (lambda: publier(page), 200), (page.delete, 404)):
            hide()
            assert client.get(page.url).status_code == status
            listed = page.title in text(client, "/fr/fiches/")
            assert listed is (status == 200)

    def test_a_restriction_closes_the_page_at_once_and_its_removal_opens_it(self, client: StrictClient) -> None:
        page = FichePageFactory()
        assert client.get(page.url).status_code == 200
        proteger(page)
        assert client.get(page.url).status_code == 302
        PageViewRestriction.objects.all().delete()
        assert client.get(page.url).status_code == 200

    def test_a_page_moved_leaves_a_redirect_to_its_new_address(self, client: StrictClient) -> None:
        folder, page = InformationPageFactory(title="Dossier"), InformationPageFactory(title="Page")
        old = page.url
        assert client.get(old).status_code == 200
        page.refresh_from_db()
        folder.refresh_from_db()
        page.move(folder, pos="last-child")
        response = client.get(old)
        assert (response.status_code, response.url) == (301, "/fr/dossier/page/")
        assert client.get(response.url).status_code == 200

    def test_scheduled_pages_show_when_their_hour_has_come(self, client: StrictClient) -> None:
        page = FichePageFactory(title="Programmée", brouillon=True)
        schedule(page)
        assert "Programmée" not in text(client, "/fr/fiches/")
        call_command("run_due")
        assert "Programmée" in text(client, "/fr/fiches/")

    def test_a_draft_changes_nothing(self) -> None:
        page = FichePageFactory(publiee=True)
        before = generation.current()
        page.title = "Brouillon"
        page.save_revision()
        generation.forget()
        assert generation.current() == before

    def test_a_change_that_is_undone_leaves_no_trace(self, client: StrictClient) -> None:
        page = FichePageFactory(title="Avant")
        text(client, page.url)
        with pytest.raises(RuntimeError), transaction.atomic():  # noqa: PT012
            FichePage.objects.get(pk=page.pk).delete()
            assert client.get(page.url).status_code == 404
            raise RuntimeError
        generation.forget()
        assert client.get(page.url).status_code == 200


class TestNeverKept:
    def test_what_a_signed_in_reader_sees_is_theirs(self, client: StrictClient) -> None:
        page = FichePageFactory(title="Réservée", protegee="login")
        member = StrictClient()
        member.force_login(UtilisateurFactory())
        response = member.get(page.url)
        assert response.status_code == 200
        assert {"private", "no-store"} <= set(response["Cache-Control"].split(", "))
        assert "Réservée" in text(member, "/fr/fiches/")
        assert client.get(page.url).status_code == 302
        assert "Réservée" not in text(client, "/fr/fiches/")

    def test_a_page_with_a_password_is_not_kept_once_opened(self, client: StrictClient) -> None:
        page = FichePageFactory(title="Avec mot de passe")
        proteger(page, "password", mot_de_passe="sesame")
        reader = StrictClient()
        form = one(reader.get(page.url), "main form")
        fields = {field["name"]: field.get("value", "") for field in form.select("input[name]")}
        opened = reader.post(form["action"], {**fields, "password": "sesame"}, follow=True)
        assert "Avec mot de passe" in opened.content.decode()
        assert "Avec mot de passe" not in text(client, page.url)

    def test_thanks_and_errors_of_a_form_are_not_kept(self, client: StrictClient) -> None:
        ContactPageFactory()
        response = client.post("/fr/contact/envoyer/", {"message": "Bonjour"})
        assert response.status_code == 422
        assert response["Cache-Control"] == "private, no-store"
        assert "Bonjour" not in text(client, "/fr/contact/")

    @pytest.mark.parametrize("path", ["/fr/absente/", "/healthz", "/admin/login/", "/fr/compte/connexion/"])
    def test_what_is_no_public_page_is_not_kept(self, client: StrictClient, path: str) -> None:
        accueil()
        client.get("/fr/")
        before = len(page_cache.store)
        client.get(path)
        assert len(page_cache.store) == before

    def test_a_head_request_never_empties_a_kept_page(self, client: StrictClient) -> None:
        page = FichePageFactory(title="Entière")
        client.head(page.url)
        assert "Entière" in text(client, page.url)

    def test_a_page_and_its_links_follow_a_deleted_menu(self, client: StrictClient) -> None:
        accueil()
        menu(("Lien", "https://exemple.org/lien"))
        assert "exemple.org/lien" in text(client, "/fr/")
        LienMenu.objects.get().delete()
        assert "exemple.org/lien" not in text(client, "/fr/")
