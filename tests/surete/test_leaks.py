"""The hunt for leaks: words of what is hidden, through every public address, as each role."""

import os
from collections.abc import Iterator

import pytest
from django.test import Client, override_settings
from pytest_django.plugin import DjangoDbBlocker

from socle import memo
from tests.factories import proteger
from tests.harness import database
from tests.surete.hunt import Hunt, admin_addresses, seeds
from tests.surete.secrets_site import GENRES, PLACES, PUBLIC, VISIBLE, Site, build, mot

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

GENRE_OF = {mot(genre, place): (genre, place) for genre in GENRES for place in PLACES}
# Asking for every word would take minutes: one of the page, one of a document.
ASKED = ("titre", "document")
# Who asks every question; the others ask for the whole words only.
THOROUGH = ("member of another group", "anonymous")


def is_essential(address: str, words: list[str]) -> bool:
    if "?" in address:
        return address in {f"/fr/recherche/?q={word}" for word in words}
    return address.startswith(("/fr/", "/documents/", "/sitemap")) and "_util" not in address


@pytest.fixture(scope="module")
def site(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Site]:
    with django_db_blocker.unblock():
        with database.private_copy(database.ensure_model, f"test_surete_{os.getpid()}"):
            yield build()
        memo.forget()


@pytest.fixture(scope="module")
def hunts(site: Site, django_db_blocker: DjangoDbBlocker) -> dict[str, Hunt]:
    """Everyone in turn, those who may read most first: what a cache kept of theirs must not reach the others."""
    words = [mot(genre, place) for genre in GENRES for place in ASKED]
    found = {}
    with django_db_blocker.unblock(), override_settings(PAGE_CACHE=True):
        addresses = seeds(words)
        for role, person in site.people.items():
            client = Client()
            if person is not None:
                client.force_login(person)
            found[role] = Hunt(client)
            found[role].crawl(addresses if role in THOROUGH else [a for a in addresses if is_essential(a, words)])
    return found


def told(hunt: Hunt, allowed: set[str]) -> list[str]:
    return [
        f"{GENRE_OF[word]} at {sorted(addresses)[:4]}"
        for word, addresses in sorted(hunt.found.items())
        if GENRE_OF[word][0] not in {PUBLIC, *allowed}
    ]


@pytest.mark.parametrize("role", VISIBLE)
def test_nobody_reads_a_word_that_is_not_for_them(hunts: dict[str, Hunt], role: str) -> None:
    assert told(hunts[role], VISIBLE[role]) == []
    assert {address: status for address, status in hunts[role].statuses.items() if status >= 500} == {}


def test_the_hunt_finds_what_is_public_wherever_it_is(hunts: dict[str, Hunt], site: Site) -> None:
    """A hunt that could not find anything would prove nothing."""
    found = {place: hunts["anonymous"].found[mot(PUBLIC, place)] for place in PLACES}
    own = site.pages[PUBLIC].url
    assert {place for place in PLACES if own not in found[place]} == {"slug"}  # asked for, so an echo
    titre, document = (mot(PUBLIC, place) for place in ("titre", "document"))
    lists = {"/fr/", "/fr/fiches/", "/fr/plan-du-site/", "/fr/vitrine/", "/fr/contact/", "/fr/fiches/?tri=titre"}
    assert found["slug"] >= lists | {"/sitemap.xml"}
    assert found["titre"] >= lists - {"/fr/contact/"} | {"/fr/fiches/page-en-cours/"}
    begun, misspelt = titre[:-2], f"{titre[:4]}x{titre[5:]}"
    asked = {f"/fr/recherche/suggestions/?q={begun}", f"/fr/recherche/?q={begun}", f"/fr/recherche/?q={misspelt}"}
    assert found["titre"] >= asked
    assert {f"/fr/recherche/?q={titre}", f"/fr/fiches/?q={titre}"} <= found["slug"]
    assert f"/fr/recherche/?q={document}" in found["fichier"]
    assert f"/fr/recherche/?q={document[:-2]}" in found["document"]


def test_each_role_reads_what_is_for_it(hunts: dict[str, Hunt], site: Site) -> None:
    for role, allowed in VISIBLE.items():
        read = {GENRE_OF[word][0] for word in hunts[role].found}
        assert read == {PUBLIC, *allowed}, role
    titles = hunts["member of the group"].found[mot("groupe", "titre")]
    assert {"/fr/", "/fr/fiches/", "/fr/plan-du-site/", site.pages["groupe"].url} <= titles


@pytest.mark.parametrize("role", ["member", "member of another group", "anonymous"])
def test_the_admin_says_nothing_to_who_has_no_business_there(site: Site, role: str) -> None:
    person = site.people[role]
    client = Client()
    if person is not None:
        client.force_login(person)
    hunt = Hunt(client)
    addresses = admin_addresses([site.pages["brouillon"].pk, site.pages["groupe"].pk])
    assert len(addresses) > 200
    for address in addresses:
        hunt.visit(address)
    assert hunt.found == {}


def test_the_same_addresses_show_an_administrator_the_words(site: Site) -> None:
    client = Client()
    client.force_login(site.people["superuser"])
    hunt = Hunt(client)
    pages = [site.pages["brouillon"].pk]
    for address in admin_addresses(pages):
        if address.startswith((f"/admin/pages/{pages[0]}/edit", "/admin/api/")) and "preview" not in address:
            hunt.visit(address)
    assert f"/admin/pages/{pages[0]}/edit/" in hunt.found[mot("brouillon", "paragraphe")]
    assert any(address.startswith("/admin/api/") for address in hunt.found[mot("groupe", "titre")])


def test_a_page_made_private_is_gone_everywhere_at_once(site: Site) -> None:
    """Whatever its readers and the cache still held."""
    page = site.pages[PUBLIC]
    addresses = ["/fr/", "/fr/fiches/", "/fr/plan-du-site/", "/fr/vitrine/", "/sitemap.xml", page.url]
    addresses += [
        f"/fr/recherche/?q={mot(PUBLIC, 'titre')}",
        f"/fr/recherche/suggestions/?q={mot(PUBLIC, 'titre')[:-2]}",
    ]
    with override_settings(PAGE_CACHE=True):
        before, after = Hunt(Client()), Hunt(Client())
        for _twice in range(2):
            for address in addresses:
                before.visit(address)
        seen = set().union(*before.found.values())
        assert seen == set(addresses)
        proteger(page)
        for address in addresses:
            after.visit(address)
    assert after.found == {}
