"""Public pages kept ready to send: who gets them, and until when."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, PageViewRestriction

from socle import generation, page_cache
from socle.models import LienMenu, Menu, Public, ReglagesSite
from socle.page_cache import Entry, Store
from tests.factories import FichePageFactory, UtilisateurFactory, accueil, index_fiches, proteger, publier

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def cache_pages(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.PAGE_CACHE = True
    # Made at the first request of a new site, which would count as a change.
    ReglagesSite.for_site(accueil().get_site())
    # A slow machine must not read the generation twice in what is meant as one moment.
    monkeypatch.setattr(generation, "MEMORY", 3600.0)


def test_a_kept_page_costs_no_query_within_a_second(client: Client) -> None:
    fiche = FichePageFactory(publiee=True)
    first = client.get(fiche.url)
    with CaptureQueriesContext(connection) as captured:
        second = client.get(fiche.url)
    assert len(captured) == 0
    assert second.content == first.content
    generation.forget()
    with CaptureQueriesContext(connection) as captured:
        client.get(fiche.url)
    assert len(captured) == 1


def test_an_unchanged_page_is_answered_by_304_without_a_body(client: Client) -> None:
    fiche = FichePageFactory(publiee=True)
    etag = client.get(fiche.url)["ETag"]
    for known in (etag, f"W/{etag}", f'"other", {etag}', "*"):
        response = client.get(fiche.url, headers={"if-none-match": known})
        assert (response.status_code, response.content) == (304, b"")
        assert response["ETag"] == etag
    assert client.get(fiche.url, headers={"if-none-match": '"other"'}).status_code == 200


def test_browsers_and_shared_caches_are_told_what_they_may_do(client: Client, settings: Any) -> None:
    fiche = FichePageFactory(publiee=True)
    response = client.get(fiche.url)
    assert response["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert response["Vary"] == "Accept-Encoding"
    assert "Surrogate-Control" not in response
    settings.CDN_MAX_AGE = 60
    page_cache.store.clear()
    assert client.get(fiche.url)["Surrogate-Control"] == "max-age=60"


def test_compressed_and_plain_answers_are_kept_apart() -> None:
    client = Client()  # the strict one reads plain text
    fiche = FichePageFactory(publiee=True)
    zipped = client.get(fiche.url, headers={"accept-encoding": "gzip"})
    plain = client.get(fiche.url)
    assert zipped["Content-Encoding"] == "gzip"
    assert not plain.has_header("Content-Encoding")
    assert zipped["ETag"] != plain["ETag"]


def change_title(page: Page) -> None:
    page.title = "Un titre tout neuf"
    publier(page)


def change_menu(page: Page) -> None:
    menu = Menu.objects.create(locale=page.locale, emplacement=Menu.Emplacement.PIED)
    LienMenu.objects.create(locale=page.locale, menu=menu, texte="Un titre tout neuf", url="https://exemple.test/")


def change_settings(page: Page) -> None:
    reglages = ReglagesSite.for_site(page.get_site())
    reglages.nom = "Un titre tout neuf"
    reglages.save()


def change_vocabulary(page: Page) -> None:
    term = Public.objects.get(slug="usagers", locale=page.locale)
    term.nom = "Un titre tout neuf"
    term.save()


@pytest.mark.parametrize("change", [change_title, change_menu, change_settings, change_vocabulary])
def test_a_change_shows_at_once_in_the_process_that_made_it(client: Client, change: Callable[[Page], None]) -> None:
    fiche = FichePageFactory(publiee=True, publics=["usagers"])
    assert "Un titre tout neuf" not in client.get(fiche.url).content.decode()
    change(fiche)
    assert "Un titre tout neuf" in client.get(fiche.url).content.decode()


def test_a_change_made_by_another_process_shows_within_a_second(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    fiche = FichePageFactory(publiee=True)
    client.get(fiche.url)
    # As another process would: the row changes, this one's memory does not.
    monkeypatch.setattr(generation, "forget", lambda: None)
    fiche.title = "Changé ailleurs"
    publier(fiche)
    assert "Changé ailleurs" not in client.get(fiche.url).content.decode()
    monkeypatch.setattr(generation, "MEMORY", 0.0)
    assert "Changé ailleurs" in client.get(fiche.url).content.decode()


def test_a_page_that_is_unpublished_moved_or_deleted_is_gone_at_once(client: Client) -> None:
    gone, moved, deleted = (FichePageFactory(publiee=True) for _ in range(3))
    for fiche in (gone, moved, deleted):
        assert client.get(fiche.url).status_code == 200
    old = {fiche: fiche.url for fiche in (gone, moved, deleted)}
    gone.unpublish()
    moved.move(index_fiches("en"), "last-child")
    deleted.delete()
    assert client.get(old[gone]).status_code == 404
    assert client.get(old[deleted]).status_code == 404
    assert client.get(old[moved]).status_code == 301


def test_a_page_made_private_leaves_the_cache_at_once(client: Client) -> None:
    fiche = FichePageFactory(publiee=True, title="Bientôt confidentielle")
    client.get(fiche.url)
    proteger(fiche)
    response = client.get(fiche.url)
    assert response.status_code == 302
    PageViewRestriction.objects.all().delete()
    assert client.get(fiche.url).status_code == 200


@pytest.mark.parametrize("kind", [PageViewRestriction.LOGIN, PageViewRestriction.GROUPS, PageViewRestriction.PASSWORD])
def test_a_private_page_is_never_kept(client: Client, kind: str) -> None:
    fiche = FichePageFactory(publiee=True)
    proteger(fiche, kind, groupe="Relecture" if kind == PageViewRestriction.GROUPS else "", mot_de_passe="mot")
    page_cache.store.clear()
    member = Client()
    member.force_login(UtilisateurFactory(superutilisateur=True))
    for visitor in (client, member, client):
        directives = visitor.get(fiche.url)["Cache-Control"].split(", ")
        assert {"private", "no-store"} <= set(directives)
    assert len(page_cache.store) == 0


def test_a_reader_with_a_session_is_served_apart(client: Client) -> None:
    fiche = FichePageFactory(publiee=True)
    kept = client.get(fiche.url).content
    editor = Client()
    editor.force_login(UtilisateurFactory(superutilisateur=True))
    response = editor.get(fiche.url)
    assert response["Cache-Control"] == "private, no-store"
    assert b"wagtail-userbar" in response.content
    assert client.get(fiche.url).content == kept
    assert b"wagtail-userbar" not in kept


def test_forms_searches_errors_and_redirections_are_not_kept(client: Client) -> None:
    accueil()
    for path in ("/", "/fr/rien/", "/healthz", "/admin/login/"):
        assert client.get(path)["Cache-Control"] != page_cache.PUBLIC
    assert len(page_cache.store) == 0


def test_a_draft_saved_beside_a_live_page_keeps_the_cache_warm(client: Client) -> None:
    fiche = FichePageFactory(publiee=True)
    client.get(fiche.url)
    before = generation.current()
    fiche.title = "Un brouillon"
    fiche.save_revision()
    generation.forget()
    assert generation.current() == before
    assert "Un brouillon" not in client.get(fiche.url).content.decode()


def test_each_change_gives_a_number_never_seen_before() -> None:
    seen = set()
    for _ in range(5):
        generation.increment()
        seen.add(generation.current())
    assert len(seen) == 5


def test_the_store_forgets_what_was_used_longest_ago() -> None:
    def key(number: int) -> page_cache.Key:
        return (number, "2026-01-01", False, "h", "/", False)

    store = Store(limit=1000)
    entries = {number: Entry(b"x" * 100, (), f'"{number}"') for number in range(11)}
    for number in range(10):
        store.put(key(number), entries[number])
    assert store.get(key(0)) is entries[0]
    store.put(key(10), entries[10])
    assert store.get(key(1)) is None
    assert store.get(key(0)) is entries[0]
    store.put(key(11), Entry(b"x" * 101, (), '"big"'))
    assert store.get(key(11)) is None
