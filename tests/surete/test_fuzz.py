"""Every public address, asked in every wrong way: never an answer of the 500s.

The cases are the same at each run (`derandomize`); FUZZ_CASES asks for more of them.
"""

import os
from collections.abc import Iterator
from io import BytesIO
from typing import Any
from urllib.parse import quote_from_bytes

import pytest
from django.test import Client, override_settings
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django.plugin import DjangoDbBlocker
from wagtail.models import Page, PageViewRestriction

from evenements.jetons import CONFIRMER, GERER, empreinte, jeton
from evenements.models import JetonEnquete
from evenements.views.agenda import ORDRE as FACETTES_AGENDA
from fiches.queries import FACETTES
from home.models import MessageContact
from home.views import MESSAGES_PAR_HEURE
from redaction.jetons import jeton_de_confirmation, jeton_de_reponse
from redaction.propositions import genres
from socle import memo
from tests.factories import (
    ContactPageFactory,
    EvenementPageFactory,
    FichePageFactory,
    FichierFactory,
    InscriptionFactory,
    TermePageFactory,
    accueil,
    blocs,
    proposer,
    proteger,
)
from tests.harness import database
from tests.surete.corpus import ADDRESSES, TEXTS
from tests.surete.hunt import PARAMETER, public_routes

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

CASES = int(os.environ.get("FUZZ_CASES", "1500"))
same_at_each_run = settings(
    max_examples=CASES, derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck)
)

METHODS = ("GET", "GET", "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND")
NAMES = ("q", "page", "p", "tri", "envoye", "next", "all", "lang", "_method", "preview", *FACETTES, *FACETTES_AGENDA)
# What breaks parsers, encodings, numbers, dates and databases.
AWKWARD = (
    *("", " ", "0", "-1", "1e9", "NaN", "9" * 40, "1.5", "٣", "²", "null", "true", "[]", "{}", "../", "..%2f..%2fetc"),
    *("%00", "\x00", "%", "%%", "%zz", "%FF", "%C3%28", "%ED%A0%80", "%F4%90%80%80", "\ud800", "\U0010ffff", "\u202e"),
    *("'", '"', "\\", "';--", "*", "(", "&", "|", "!", ":*", "a & ! (", "<->", "a" * 3000, "é" * 1500, "-" * 500),
    *('"' * 51, "a " * 900, "😀", "ß", "İ", "ﬁ", "a\r\nSet-Cookie: x=1", "\t", "\x7f", "//", "/\\", "__proto__"),
)
text = st.one_of(
    st.sampled_from(AWKWARD),
    st.sampled_from([*TEXTS, *ADDRESSES]),
    st.text(max_size=40),
    st.binary(max_size=30).map(quote_from_bytes),
    st.integers().map(str),
)
name = st.one_of(st.sampled_from(NAMES), st.sampled_from(NAMES), text)
query = st.lists(st.tuples(name, text), max_size=6)
HEADERS: dict[str, Any] = {
    "HTTP_ACCEPT_LANGUAGE": st.one_of(
        text, st.sampled_from(["ar", "en;q=0.5,*", "zz-ZZ", "fr;q=x", "*;q=0", "en" * 300])
    ),
    "HTTP_HOST": st.one_of(
        text, st.sampled_from(["testserver:80", "TESTSERVER", "testserver.", "[::1]", "a..b", "a:b"])
    ),
    "HTTP_IF_NONE_MATCH": st.one_of(text, st.sampled_from(["*", 'W/"a"', '"a", "b"', '"', ","])),
    "HTTP_IF_MODIFIED_SINCE": st.one_of(text, st.sampled_from(["Thu, 01 Jan 1970 00:00:00 GMT", "Mon, 99 Xxx 99999"])),
    "HTTP_RANGE": st.one_of(text, st.sampled_from(["bytes=0-", "bytes=5-1", "bytes=-", "bytes=0-99999999999"])),
    "HTTP_COOKIE": st.one_of(text, text.map("sessionid={}".format), text.map("django_language={}".format)),
    "HTTP_X_FORWARDED_FOR": st.one_of(text, st.sampled_from(["1.2.3.4, x", "::1", "," * 50])),
    "HTTP_X_FORWARDED_PROTO": st.one_of(text, st.just("https")),
    "HTTP_X_REQUEST_ID": text,
    "HTTP_REFERER": text,
    "HTTP_ORIGIN": text,
    "HTTP_USER_AGENT": text,
    "HTTP_ACCEPT": text,
    "HTTP_ACCEPT_ENCODING": st.one_of(text, st.sampled_from(["gzip", "gzip;q=0", "br"])),
    "HTTP_X_REQUESTED_WITH": st.just("XMLHttpRequest"),
    "CONTENT_TYPE": st.one_of(
        text,
        st.sampled_from(
            [
                *("application/json", "multipart/form-data", "multipart/form-data; boundary=", "text/plain; charset=x"),
                *("application/x-www-form-urlencoded; charset=utf-7", "multipart/form-data; boundary=a"),
            ]
        ),
    ),
    "CONTENT_LENGTH": st.sampled_from(["", "-1", "0", "99999999"]),
}
headers = st.dictionaries(st.sampled_from(sorted(HEADERS)), st.none(), max_size=4).flatmap(
    lambda chosen: st.fixed_dictionaries({key: HEADERS[key] for key in chosen})
)
FIELDS = (
    "nom",
    "courriel",
    "sujet",
    "message",
    "site_web",
    "password",
    "return_url",
    "username",
    "csrfmiddlewaretoken",
    *("titre", "resume", "texte", "adresse", "probleme", "consentement", "signature"),
    *("genre", "departement", "structure", "besoins", "besoins_texte", "remboursement", "geste"),
    *("satisfaction", "place", "commentaire", "jour", "heure_debut", "heure_fin", "mode", "lieu", "organisateur"),
)
form = st.dictionaries(st.one_of(st.sampled_from(FIELDS), text), st.lists(text, max_size=3), max_size=7)
body = st.one_of(st.binary(max_size=200), st.sampled_from([b"--a\r\n\r\n--a--", b"{", b"a=%zz&" * 50, b"\x00" * 100]))


@pytest.fixture(scope="module")
def addresses(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[list[str]]:
    """A site with something of everything, and its addresses."""
    with django_db_blocker.unblock():
        with (
            database.private_copy(database.ensure_model, f"test_fuzz_{os.getpid()}"),
            override_settings(PAGE_CACHE=True),
        ):
            fiche = FichePageFactory(complete=True, publiee=True)
            FichePageFactory(parent=fiche.get_parent(), documents=[blocs.document(FichierFactory())], publiee=True)
            for kind in PageViewRestriction.RESTRICTION_CHOICES:
                proteger(FichePageFactory(publiee=True), kind[0], mot_de_passe="sesame")
            ContactPageFactory()
            TermePageFactory(slug="mot")
            EvenementPageFactory(slug="rencontre", publiee=True)
            accueil("ar")
            yield known_addresses()
        memo.forget()


def filled(route: str) -> str:
    return PARAMETER.sub("1", route) if "/compte/" in route or "sitemap" in route else route


def known_addresses() -> list[str]:
    """Each route of the URL configuration, with something real in the place of its parameters."""
    pages = [url for page in Page.objects.filter(depth__gt=1) if (url := page.get_url())]
    page_id = Page.objects.live().filter(depth__gt=2).order_by("-pk").values_list("pk", flat=True)[0]
    restriction = PageViewRestriction.objects.filter(restriction_type="password").get()
    seance = EvenementPageFactory().evenement.seances.get()
    waiting, question = proposer(etat="a_confirmer"), proposer().messages.create(nature="question", texte="Où ?")
    registered, unsure = InscriptionFactory(seance=seance), InscriptionFactory(seance=seance, etat="a_confirmer")
    JetonEnquete.objects.create(seance=seance, empreinte=empreinte("jeton"))
    samples = {
        "documents/<var>/<var>": ["/documents/1/canevas.odt", "/documents/99999999999999999999/x", "/documents/1/"],
        "documents/authenticate_with_password/<int:restriction_id>/": ["/documents/authenticate_with_password/1/"],
        "falc/<path:path>": ["/falc/fiches/", "/falc/x/y"],
        "concepts/<slug:identifiant>/": ["/concepts/mot/", "/concepts/inconnu/"],
        "concepts/<var>.<var>": ["/concepts/mot.ttl", "/concepts/mot.jsonld", "/concepts/inconnu.ttl"],
        "media/<var>": ["/media/x", "/media/../x"],
        "fr/_util/authenticate_with_password/<int:page_view_restriction_id>/<int:page_id>/": [
            f"/fr/_util/authenticate_with_password/{restriction.pk}/{restriction.page_id}/",
            "/fr/_util/authenticate_with_password/99999999999999999999/1/",
        ],
        "fr/proposer/<slug:cle>/": [*(f"/fr/proposer/{kind.cle}/" for kind in genres()), "/ar/proposer/inconnu/"],
        "fr/proposer/confirmer/<str:jeton>/": [f"/fr/proposer/confirmer/{jeton_de_confirmation(waiting)}/"],
        "fr/proposer/completer/<str:jeton>/": [f"/fr/proposer/completer/{jeton_de_reponse(question)}/"],
        "fr/agenda/inscription/<int:seance_id>/": [
            f"/fr/agenda/inscription/{seance.pk}/",
            "/ar/agenda/inscription/99999999999999999999/",
        ],
        "fr/agenda/inscription/<int:seance_id>/merci/": [f"/en/agenda/inscription/{seance.pk}/merci/"],
        "fr/agenda/inscription/confirmer/<str:lien>/": [
            f"/fr/agenda/inscription/confirmer/{jeton(unsure, CONFIRMER)}/"
        ],
        "fr/agenda/inscription/gerer/<str:lien>/": [f"/fr/agenda/inscription/gerer/{jeton(registered, GERER)}/"],
        "fr/agenda/enquete/<str:jeton>/": ["/fr/agenda/enquete/jeton/"],
        "fr/avis/<int:page_id>/merci/": [
            f"/fr-simple/avis/{page_id}/merci/",
            "/fr-simple/avis/99999999999999999999/merci/",
        ],
        "fr/avis/<int:page_id>/<slug:reponse>/": [
            f"/fr-simple/avis/{page_id}/compris/",
            f"/fr-simple/avis/{page_id}/inconnu/",
            "/fr-simple/avis/99999999999999999999/compris/",
        ],
        "fr/agenda/evenement/<uuid:cle>.ics": [
            f"/fr/agenda/evenement/{seance.evenement.cle}.ics",
            "/ar/agenda/evenement/00000000-0000-0000-0000-000000000000.ics",
        ],
        "fr/agenda/seance/<int:pk>.ics": [
            f"/fr/agenda/seance/{seance.pk}.ics",
            "/en/agenda/seance/99999999999999999999.ics",
        ],
        "fr/francais-a-cote/<int:page_id>/": [f"/en/francais-a-cote/{page_id}/", "/ar/francais-a-cote/0/"],
        "fr/version/<int:page_id>/": [f"/en/version/{page_id}/", "/es/version/99999999999999999999/"],
        "fr/<var>": pages,
    }
    found = [address for route in public_routes() for address in samples.get(route) or [f"/{filled(route)}"]]
    assert not [address for address in found if "<" in address]
    return [*found, "/ar/", "/ar/recherche/", "/en/", "/fr/contact/envoyer/", "/zz/", "/admin/login/", "/static/x.css"]


def spoilt(draw: st.DrawFn, address: str) -> str:
    """The address as it is, or with something of its own inside or after."""
    way = draw(st.integers(0, 5))
    if way < 3:
        return address
    added = draw(text)
    if way == 3:
        return f"{address}{added}"
    return f"{address}{added}/" if way == 4 else f"/{added}{address}"


@st.composite
def requests(draw: st.DrawFn, address: str) -> dict[str, Any]:
    method = draw(st.sampled_from(METHODS))
    pairs = draw(query)
    raw = "&".join(f"{key}={value}" for key, value in pairs)
    case = {
        "REQUEST_METHOD": method,
        "PATH_INFO": wire(spoilt(draw, address)),
        "QUERY_STRING": wire(raw),
        **{key: wire(value) for key, value in draw(headers).items()},
    }
    return {key: value for key, value in case.items() if not (key == "CONTENT_LENGTH" and method in {"GET", "HEAD"})}


def wire(value: str) -> str:
    """As a WSGI server hands it over: each byte of the request as one character."""
    return value.encode("utf-8", "surrogatepass").decode("latin-1")


def ask(client: Client, case: dict[str, Any], content: bytes = b"") -> None:
    """Send the request; a refused one is an answer too."""
    extra = {"wsgi.input": BytesIO(content), "CONTENT_LENGTH": str(len(content))} if content else {}
    response = client.request(**{**extra, **case})
    assert response.status_code < 500, f"{response.status_code} for {case}"
    if response.status_code in {200, 404, 422} and case["REQUEST_METHOD"] != "HEAD":
        kind = response.get("Content-Type", "")
        assert kind or not response.getvalue(), f"no type for {case}"
        assert response["X-Content-Type-Options"] == "nosniff"
    location = response.get("Location", "")
    assert "\r" not in location
    assert not location.startswith(("//", "/\\")), f"{location!r} for {case}"


def test_no_address_asked_in_any_way_is_an_error(addresses: list[str]) -> None:
    client = Client()

    @same_at_each_run
    @given(data=st.data())
    def fuzz(data: st.DataObject) -> None:
        client.cookies.clear()
        case = data.draw(requests(data.draw(st.sampled_from(addresses))))
        ask(client, case, data.draw(body) if case["REQUEST_METHOD"] in {"POST", "PUT", "PATCH"} else b"")

    fuzz()


def test_no_question_is_an_error(addresses: list[str]) -> None:
    """The pages that read their query string, asked what they expect and what they do not."""
    client = Client()
    readers = [
        address
        for address in addresses
        if address.endswith(("/fiches/", "/agenda/", "/recherche/", "/suggestions/", "/fr/"))
    ]
    readers += ["/fr/signaler/", "/fr/proposer/correction/", "/fr/contact/", "/sitemap.xml", "/readyz", "/styleguide/"]

    @same_at_each_run
    @given(st.sampled_from(readers), st.lists(st.tuples(st.sampled_from(NAMES), text), min_size=1, max_size=5))
    def fuzz(address: str, pairs: list[tuple[str, str]]) -> None:
        raw = "&".join(f"{key}={value}" for key, value in pairs)
        ask(client, {"REQUEST_METHOD": "GET", "PATH_INFO": address, "QUERY_STRING": wire(raw)})

    fuzz()


def test_no_form_is_an_error(addresses: list[str]) -> None:
    client = Client()
    forms = [
        address
        for address in addresses
        if any(word in address for word in ("envoyer", "_util", "authenticate", "proposer/", "signaler"))
    ]
    assert len(forms) >= 10

    @settings(same_at_each_run, max_examples=CASES // 3)
    @given(st.sampled_from(forms), form, st.sampled_from(["", "192.0.2.7", "x"]))
    def fuzz(address: str, values: dict[str, list[str]], sender: str) -> None:
        client.cookies.clear()
        # What no browser can send, a client of Python cannot write either.
        typed = {sendable(key): [sendable(value) for value in found] for key, found in values.items()}
        response = client.post(address, typed, headers={"X-Forwarded-For": sender})
        assert response.status_code < 500, (address, values)

    fuzz()
    # However many were sent, the limit for one address holds.
    assert MessageContact.objects.count() <= MESSAGES_PAR_HEURE


def sendable(value: str) -> str:
    return value.encode("utf-8", "replace").decode()


def test_a_request_that_fails_would_be_seen(addresses: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("socle.search_views.chercher", lambda *_args: 1 // 0)
    with pytest.raises(ZeroDivisionError):
        ask(Client(), {"REQUEST_METHOD": "GET", "PATH_INFO": "/fr/recherche/", "QUERY_STRING": "q=a"})
