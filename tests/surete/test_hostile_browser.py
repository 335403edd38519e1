"""The hostile corpus in a real browser: written straight into the database, nothing of it runs for anybody."""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.contrib.auth import get_user_model
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from django.test import override_settings
from django.urls import reverse
from django.utils.html import escape
from playwright.sync_api import Browser, BrowserContext, Error
from psycopg import sql
from pytest_django.plugin import DjangoDbBlocker
from wagtail.models import Locale, Site

from fiches.models import FichePage, FichesIndexPage
from home.models import MessageContact
from socle.models import LienMenu, Menu, Public, ReglagesSite
from tests.factories import FichePageFactory, FichierFactory, IllustrationFactory, blocs
from tests.harness import database
from tests.harness.server import MEDIA, Server, ensure_demo_database, ensure_static_files, environment, start, stop
from tests.surete.corpus import ADDRESSES, CALL, RICH, TEXTS

pytestmark = [pytest.mark.e2e, pytest.mark.slow]


@dataclass
class Attacker:
    """A host of the attacker's: whatever reaches it has got through."""

    port: int = 0
    asked: list[str] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def armed(self, text: str) -> str:
        """The same line of the corpus, which calls home."""
        return text.replace(CALL, f"fetch(`{self.url}/ran`)")


@pytest.fixture(scope="module")
def attacker() -> Iterator[Attacker]:
    found = Attacker()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found.asked.append(self.path)
            body = "".join(f"<div>{found.armed(text)}</div>" for text in TEXTS if "<svg" in text or "<img" in text)
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.send_header("Access-Control-Allow-Origin", "*")
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    found.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield found
    server.shutdown()


@dataclass
class HostileSite:
    server: Server
    public: list[str]
    admin: list[str]
    session: str


def write(attacker: Attacker) -> tuple[list[str], list[str]]:
    """Put the corpus in every field; return the public and the admin addresses that show it."""
    home = attacker.url
    texts = [attacker.armed(text) for text in TEXTS]
    addresses = [attacker.armed(address) for address in ADDRESSES]
    rich = [attacker.armed(html) for html in RICH]
    rich += [
        f'<p><img src="{home}/picture"><script src="{home}/script"></script></p>',
        f'<p><link rel="stylesheet" href="{home}/style"><iframe src="{home}/frame"></iframe></p>',
        f'<p><object data="{home}/object"></object><video src="{home}/video"></video></p>',
    ]
    everything = " ".join(texts)
    index = FichesIndexPage.objects.get(locale__language_code="fr")
    image = IllustrationFactory(title=texts[0], description=texts[7], auteur=texts[8][:200], source=texts[1])
    document = FichierFactory(title=texts[7][:200])
    pages = []
    for rank, (text, address) in enumerate(zip(texts[:6] + texts[6::4], addresses + addresses, strict=False)):
        # The first is opened in the editor, which reads only what it could have written.
        html = "".join(rich) if rank else f"<p>{escape(everything)}</p>"
        pages.append(
            FichePageFactory(
                parent=index,
                title=text[:200],
                slug=f"piege-{rank}",
                seo_title=text[:200],
                search_description=everything,
                resume=text[:250],
                lien_externe="https://exemple.org/",
                type_ressource="reference",
                illustration=image,
                duree_precision=text[:100],
                objectifs=html,
                corps=[
                    *(blocs.titre(line) for line in texts[rank::4]),
                    blocs.texte(html),
                    blocs.encadre(html, titre=text),
                    blocs.citation(everything, text, text),
                    blocs.tableau(everything, caption=text, type_colonne="texte"),
                    blocs.questions((text, html)),
                    blocs.image(image, alt=everything, legende=text),
                    blocs.video(url=address, titre=text, duree=text),
                    blocs.liens(*(blocs.lien(url=one, texte=text) for one in addresses)),
                ],
                documents=[blocs.document(document, everything)],
                auteurs=[(text[:100], "usager")],
                publics=["usagers"],
                natures=["soins"],
                publiee=True,
            )
        )
        FichePage.objects.filter(pk=pages[-1].pk).update(lien_externe=address[:190])
    Public.objects.filter(slug="usagers").update(nom=texts[0][:90], description=texts[1])
    locale = Locale.objects.get(language_code="fr")
    menu = Menu.objects.filter(locale=locale, emplacement="pied").first() or Menu.objects.create(
        locale=locale, emplacement="pied"
    )
    for text, address in zip(texts, addresses, strict=False):
        LienMenu.objects.create(menu=menu, locale=locale, texte=text[:60], url=address)
    settings_ = ReglagesSite.for_site(Site.objects.get(is_default_site=True))
    settings_.nom, settings_.sous_titre, settings_.adresse = texts[0][:80], texts[7][:120], everything
    settings_.mastodon, settings_.linkedin = addresses[0], addresses[9][:190]
    settings_.save()
    message = MessageContact.objects.create(
        nom=texts[7][:120], courriel="a@exemple.test", sujet="autre", langue="fr", message=everything
    )
    messages = "wagtailsnippets_home_messagecontact"
    first = pages[0]
    public = [*(page.url for page in pages[::3]), "/fr/", "/fr/fiches/", "/fr/plan-du-site/", "/fr/contact/"]
    public += ["/fr/recherche/?q=pwned", "/fr/recherche/?q=script", "/fr/%3Cscript%3E/"]
    admin = [
        reverse("wagtailadmin_explore", args=[index.pk]),
        reverse("wagtailadmin_pages:edit", args=[first.pk]),
        reverse("wagtailadmin_pages:history", args=[first.pk]),
        reverse("wagtailadmin_pages:revisions_view", args=[first.pk, first.latest_revision_id]),
        reverse("wagtailadmin_pages:search") + "?q=piege",
        reverse("wagtailimages:index"),
        reverse("wagtailimages:edit", args=[image.pk]),
        reverse("wagtaildocs:index"),
        reverse("wagtailsnippets_socle_public:list"),
        reverse("wagtailsnippets_socle_menu:edit", args=[menu.pk]),
        reverse(f"{messages}:list"),
        reverse(f"{messages}:inspect", args=[message.pk]),
        reverse("wagtailsettings:edit", args=["socle", "reglagessite", settings_.site_id]),
        first.url,
    ]
    assert FichePage.objects.filter(slug__startswith="piege-").count() == len(pages)
    return public, admin


@pytest.fixture(scope="module")
def hostile_site(
    attacker: Attacker, django_db_setup: None, django_db_blocker: DjangoDbBlocker, browser_executable: str
) -> Iterator[HostileSite]:
    """A server of its own: no other test should meet this."""
    name = f"test_piege_{os.getpid()}"
    with django_db_blocker.unblock():
        with database.server() as server:
            database.create(server, name, ensure_demo_database(server))
            ensure_static_files(name)
        with database.connected_to(name), override_settings(MEDIA_ROOT=MEDIA):
            public, admin = write(attacker)
            session = signed_in(name)
        running = start(name)
        yield HostileSite(running, public, admin, session)
        stop(running.pid)
        with database.server() as server:
            server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def signed_in(name: str) -> str:
    """A session of the administrator, signed with the server's key."""
    with override_settings(SECRET_KEY=environment(name)["SECRET_KEY"]):
        user = get_user_model().objects.filter(is_superuser=True).first()
        assert user is not None
        session = SessionStore()
        session["_auth_user_id"] = str(user.pk)
        session["_auth_user_backend"] = "django.contrib.auth.backends.ModelBackend"
        session["_auth_user_hash"] = user.get_session_auth_hash()
        session.save()
        connection.commit()
        return session.session_key or ""


@contextmanager
def watched(browser: Browser, ran: list[str], **options: object) -> Iterator[BrowserContext]:
    """A window where a dialog or a call of the corpus is noted."""
    context = browser.new_context(locale="fr-FR", **options)
    context.expose_function("pwned", lambda: ran.append("call"))
    context.on("dialog", lambda dialog: (ran.append(dialog.message), dialog.dismiss()))
    yield context
    context.close()


# Click on what would run, point at everything, and let what was started end.
PROVOKE = """async () => {
  for (const link of document.querySelectorAll('main a[href], footer a[href]')) {
    if (!/^https?:/.test(link.protocol)) link.click();
  }
  for (const element of document.querySelectorAll('main *, form *')) {
    element.dispatchEvent(new MouseEvent('mouseover', { bubbles: true }));
  }
  await new Promise((resolve) => setTimeout(resolve, 300));
}"""


def visit(context: BrowserContext, url: str, provoke: bool = True) -> None:
    page = context.new_page()
    page.goto(url)
    if provoke:
        page.evaluate(PROVOKE)
    page.close()


def test_the_corpus_runs_where_nothing_stops_it(browser: Browser, attacker: Attacker) -> None:
    """Without this, a silent browser would prove nothing."""
    ran: list[str] = []
    with watched(browser, ran) as context:
        page = context.new_page()
        page.set_content("".join(f"<div>{text}</div>" for text in TEXTS if "<svg" in text or "<img" in text))
        page.wait_for_timeout(300)
        assert "call" in ran
        visit(context, f"{attacker.url}/canary", provoke=False)
    assert "/ran" in attacker.asked
    attacker.asked.clear()


def test_nothing_runs_on_public_pages(browser: Browser, hostile_site: HostileSite, attacker: Attacker) -> None:
    ran: list[str] = []
    attacker.asked.clear()
    with watched(browser, ran) as context:
        for address in hostile_site.public:
            try:
                visit(context, f"{hostile_site.server.url}{address}")
            except Error as error:
                pytest.fail(f"{address}: {error}")
            assert (ran, attacker.asked) == ([], []), address


def test_nothing_runs_in_the_admin(browser: Browser, hostile_site: HostileSite, attacker: Attacker) -> None:
    ran: list[str] = []
    attacker.asked.clear()
    with watched(browser, ran) as context:
        cookie = {"name": "sessionid", "value": hostile_site.session, "url": hostile_site.server.url}
        context.add_cookies([cookie])
        for address in hostile_site.admin:
            page = context.new_page()
            answer = page.goto(f"{hostile_site.server.url}{address}")
            assert answer is not None
            assert answer.status == 200, address
            assert "/admin/login" not in page.url
            page.wait_for_timeout(500)
            page.close()
            assert (ran, attacker.asked) == ([], []), address
