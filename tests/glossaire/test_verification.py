"""Whether the sources still answer: what is asked, of whom, how often."""

import datetime
import socket
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from glossaire import sondes
from glossaire.models import SourceVerifiee
from glossaire.operations import sources as operations
from glossaire.operations.sources import DELAI, PAR_PASSAGE, verifier, verifier_les_sources
from glossaire.sondes import AdresseRefuseeError, demander, est_publique, malformee
from socle.scheduling import jobs
from tests.factories import TermePageFactory
from tests.glossaire.test_rapports import sources


class Site(BaseHTTPRequestHandler):
    """A small site: what each path answers to each method."""

    asked: list[tuple[str, str]] = []

    def answer(self) -> None:
        Site.asked.append((self.command, self.path))
        code = int(self.path.strip("/").split("-")[0] or 200)
        if "tete" in self.path and self.command == "HEAD":
            code = 405
        self.send_response(code)
        if code in {301, 302}:
            target = self.path.split("-", 1)[1].replace("_", "/")
            self.send_header("Location", self.path if target == "boucle" else target)
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_HEAD = do_GET = answer  # noqa: N815 -- names of the library

    def log_message(self, *args: Any) -> None:
        pass


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A site on this machine, which stands for one of the Internet."""
    monkeypatch.setattr(sondes, "est_publique", lambda ip: ip == "127.0.0.1")
    monkeypatch.setattr(Site, "asked", [])
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


class TestAddresses:
    @pytest.mark.parametrize(
        "adresse",
        [
            *("http://127.0.0.1/", "http://127.1/", "http://0x7f.1/", "http://0.0.0.0/", "http://10.1.2.3/"),
            *("http://192.168.1.1:8080/", "http://172.16.0.1/", "http://169.254.169.254/latest/", "http://[::1]/"),
            *("http://[::ffff:127.0.0.1]/", "http://exemple.org@127.0.0.1/", "http://100.64.0.1/", "http://224.0.0.1/"),
            *("ftp://exemple.org/", "file:///etc/passwd", "http://localhost/", "javascript:alert(1)", "", "http://"),
            *("http://exemple.org:99999/", "http://[exemple.org/", "//exemple.org/", "http://exemple.org:0/"),
        ],
    )
    def test_nothing_inside_the_network_is_asked(self, adresse: str, monkeypatch: pytest.MonkeyPatch) -> None:
        def refuse(*args: Any, **kwargs: Any) -> None:
            raise AssertionError

        monkeypatch.setattr("urllib3.connectionpool.HTTPConnectionPool.urlopen", refuse)
        with pytest.raises(AdresseRefuseeError):
            demander(adresse)

    def test_a_name_that_leads_inside_is_refused(self, monkeypatch: pytest.MonkeyPatch) -> None:
        for ips in (["93.184.216.34", "10.0.0.1"], ["fe80::1%eth0"], ["::ffff:10.0.0.1"], ["64:ff9b::a00:1"], []):
            answer = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, 80)) for ip in ips]
            monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, answer=answer, **_kwargs: answer)
            with pytest.raises(AdresseRefuseeError):
                demander("http://exemple.org/")

    def test_public_addresses(self) -> None:
        assert est_publique("93.184.216.34")
        assert est_publique("2606:2800:220:1::1")

    def test_what_no_browser_would_open(self) -> None:
        for adresse in ("https://www.legifrance.gouv.fr/", "http://exemple.org:8080/a?b=c#d", "https://élysée.fr/é"):
            assert not malformee(adresse)
        for adresse in (
            *("www.has-sante.fr", "https://has", "http//exemple.org", "mailto:a@exemple.org"),
            f"https://exemple.org/{'a' * 500}",
        ):
            assert malformee(adresse)


class TestAnswers:
    def test_head_then_get(self, site: str) -> None:
        assert demander(f"{site}/200").code == 200
        assert Site.asked == [("HEAD", "/200")]
        assert demander(f"{site}/200-tete").code == 200
        assert Site.asked[1:] == [("HEAD", "/200-tete"), ("GET", "/200-tete")]

    def test_redirections_are_followed_and_checked(self, site: str) -> None:
        assert demander(f"{site}/301-_404").code == 404
        with pytest.raises(AdresseRefuseeError):
            demander(f"{site}/301-http:__10.0.0.1_")
        assert demander(f"{site}/302-boucle").code is None

    def test_what_is_sent(self, site: str) -> None:
        assert demander(f"{site}/200-é à?q=ü#ici").code == 200
        assert Site.asked == [("HEAD", "/200-%C3%A9%20%C3%A0?q=%C3%BC")]

    def test_no_answer(self, site: str) -> None:
        # Nobody speaks TLS there.
        assert demander(site.replace("http:", "https:")).code is None
        assert demander(f"{site.rpartition(':')[0]}:9/").code is None


@pytest.mark.django_db
class TestJob:
    @pytest.fixture(autouse=True)
    def allowed(self, settings: Any) -> None:
        settings.GLOSSAIRE_VERIFIER_LES_SOURCES = True

    def test_what_each_answer_means(self, site: str) -> None:
        for path, etat in (
            ("200", "repond"),
            ("404", "introuvable"),
            ("410", "introuvable"),
            ("403", "refus"),
            ("500", "erreur"),
            ("301-http:__10.0.0.1_", "interdite"),
            ("302-boucle", "muette"),
        ):
            assert verifier(f"{site}/{path}").etat == etat, path

    def test_the_last_good_answer_is_kept(self, site: str) -> None:
        row = verifier(f"{site}/200")
        assert row.bonne_le == row.verifiee_le
        SourceVerifiee.objects.update(adresse=f"{site}/404")
        again = verifier(f"{site}/404")
        assert (again.pk, again.etat, again.code) == (row.pk, "introuvable", 404)
        assert again.bonne_le == row.bonne_le
        assert again.verifiee_le > row.verifiee_le

    def test_a_few_at_a_time_and_each_once_a_month(self, site: str) -> None:
        for rank in range(PAR_PASSAGE + 2):
            TermePageFactory(sources=sources(f"{site}/200-{rank}", "pas une adresse", ""), publiee=True)
        TermePageFactory(sources=sources(f"{site}/200-brouillon"), brouillon=True)
        assert [verifier_les_sources() for _run in range(3)] == [PAR_PASSAGE, 2, 0]
        old = SourceVerifiee.objects.get(adresse=f"{site}/200-3")
        SourceVerifiee.objects.filter(pk=old.pk).update(
            verifiee_le=timezone.now() - DELAI - datetime.timedelta(hours=1), bonne_le=None
        )
        Site.asked.clear()
        assert [verifier_les_sources() for _run in range(2)] == [1, 0]
        assert Site.asked == [("HEAD", "/200-3")]

    def test_what_no_term_cites_is_forgotten(self, site: str) -> None:
        terme = TermePageFactory(sources=sources(f"{site}/200"), publiee=True)
        assert verifier_les_sources() == 1
        terme.unpublish()
        assert verifier_les_sources() == 0
        assert not SourceVerifiee.objects.exists()

    def test_slow_sites_wait_for_the_next_run(self, site: str, monkeypatch: pytest.MonkeyPatch) -> None:
        TermePageFactory(sources=sources(f"{site}/200", f"{site}/200-b"), publiee=True)
        monkeypatch.setattr(operations, "TEMPS_MAX", 0)
        assert verifier_les_sources() == 0

    def test_nothing_leaves_unless_settings_allow_it(self, site: str, settings: Any) -> None:
        settings.GLOSSAIRE_VERIFIER_LES_SOURCES = False
        TermePageFactory(sources=sources(f"{site}/200"), publiee=True)
        (job,) = (job for job in jobs() if job.name == "glossaire_verifier_les_sources")
        assert job.run() == 0
        assert not Site.asked
        settings.GLOSSAIRE_VERIFIER_LES_SOURCES = True
        assert job.run() == 1

    def test_the_database_refuses_what_makes_no_sense(self) -> None:
        now = timezone.now()
        for values in ({"etat": "bizarre"}, {"etat": "repond", "bonne_le": now + datetime.timedelta(days=1)}):
            with pytest.raises(IntegrityError), transaction.atomic():
                SourceVerifiee.objects.create(adresse="https://exemple.org/", verifiee_le=now, **values)
