"""The whole demo site, without a browser: every page answers, every link leads somewhere, nothing is missing."""

import re
from collections import Counter
from collections.abc import Iterable
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from django.conf import global_settings, settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.test import override_settings
from wagtail.models import Page

from fiches.models import FichePage
from home.models import HomePage
from tests.harness.html import HtmlError, StrictClient
from tests.harness.templates import UndefinedVariableError

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_site"), pytest.mark.slow]

PAGES_AT_MOST = 1500
# What says that a page has no version in a language: one answer for all pages, looked at for some of each language.
ABSENTE = re.compile(r"(/[a-z-]+/version/)\d+/")
ABSENTES = 20


class Links(HTMLParser):
    """Collect the addresses a page leads to or loads."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if value and name in ("href", "src", "action"):
                self.found.add(value)
            elif value and name == "srcset":
                self.found.update(candidate.split()[0] for candidate in value.split(","))


def outcome(client: StrictClient, url: str) -> int | str:
    """Return the status of a page, or what the strict client has against it."""
    try:
        return int(client.get(url).status_code)
    except (HtmlError, UndefinedVariableError) as error:
        return f"{type(error).__name__}: {error}"


def failures(client: StrictClient, urls: Iterable[str]) -> str:
    outcomes = {url: outcome(client, url) for url in urls}
    return "\n".join(f"{url}: {found}" for url, found in outcomes.items() if found != 200)


def test_every_seeded_page_answers(client: StrictClient) -> None:
    pages = Page.objects.live().filter(depth__gt=1).select_related("locale").order_by("path")
    assert pages.count() > 20
    assert failures(client, [page.get_url() for page in pages]) == ""


def test_the_sitemap_lists_every_public_page_and_nothing_else(client: StrictClient) -> None:
    response = client.get("/sitemap.xml")
    assert response["Content-Type"].startswith("application/xml")
    addresses = re.findall(r"<loc>https?://[^/]+([^<]*)</loc>", response.content.decode())
    assert len(addresses) == len(set(addresses))
    expected = {page.get_url() for page in Page.objects.live().public().filter(depth__gt=1).select_related("locale")}
    assert set(addresses) == expected


def test_easy_french_is_not_offered_to_search_engines_as_a_translation(client: StrictClient) -> None:
    for address in ("/sitemap.xml", "/fr/", "/en/"):
        body = client.get(address).content.decode()
        assert 'hreflang="en"' in body
        head = body.partition("</head>")[0]
        assert 'hreflang="fr-simple"' not in head


def test_every_link_leads_somewhere(client: StrictClient) -> None:
    """Follow every link, picture and form of every page; filters and searches are followed once."""
    homes = [f"/{code}/" for code, _name in settings.LANGUAGES]
    waiting, seen, broken = list(homes), set(homes), []
    absentes: Counter[str] = Counter()
    while waiting:
        url = waiting.pop()
        response = client.get(url, follow=True)
        if response.status_code != 200:
            broken.append(f"{response.status_code} {url}")
            continue
        if not response["Content-Type"].startswith("text/html"):
            continue
        links = Links()
        links.feed(response.content.decode())
        base = response.request["PATH_INFO"]
        for link in links.found:
            target = local(base, link)
            if not target or target in seen:
                continue
            if absente := ABSENTE.fullmatch(target):
                absentes[absente[1]] += 1
                if absentes[absente[1]] > ABSENTES:
                    continue
            seen.add(target)
            waiting.append(target)
        assert len(seen) < PAGES_AT_MOST, "the crawl does not end"
    assert broken == []


def local(base: str, link: str) -> str | None:
    """Return the address of this site that a link leads to, query left out where it only filters."""
    parts = urlsplit(urljoin(f"http://testserver{base}", urldefrag(link).url))
    skipped = ("/static/", "/media/", "/admin/", f"{base.rstrip('/')}/envoyer")
    if parts.scheme not in ("http", "https") or parts.hostname not in ("testserver", "localhost"):
        return None
    if parts.path.startswith(skipped) or parts.path.endswith("/contact/envoyer/"):
        return None
    return parts.path


def test_the_demo_keeps_its_promises() -> None:
    def count(language: str) -> int:
        return FichePage.objects.live().filter(locale__language_code=language).count()

    assert count("fr") >= 14
    assert count("en") >= 3
    assert count("ar") >= 3
    homes = set(HomePage.objects.live().values_list("locale__language_code", flat=True))
    assert homes == set(dict(settings.LANGUAGES))
    kinds = [{block.block_type for block in fiche.corps} for fiche in FichePage.objects.live()]
    every = set(FichePage._meta.get_field("corps").stream_block.child_blocks)
    assert sum(found >= every for found in kinds) >= 2, f"two fiches hold every block of {sorted(every)}"
    types = set(FichePage.objects.live().values_list("type_ressource", flat=True))
    assert types == {"fiche", "grille", "canevas", "guide", "reference"}
    account = get_user_model().objects.get(email="administration@demo.test")
    # Hashed by the server's process, with the strong hasher that tests do without.
    with override_settings(PASSWORD_HASHERS=global_settings.PASSWORD_HASHERS):
        assert account.check_password("demo-partenariat")


def test_seeding_again_changes_nothing() -> None:
    def state() -> list[tuple[object, ...]]:
        return list(Page.objects.order_by("pk").values_list("pk", "path", "live", "latest_revision_id"))

    before = state()
    call_command("seed_demo", verbosity=0)
    assert state() == before
