"""Nothing that is sent to the account pages breaks them, or passes for a second factor."""

import json
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from pytest_django import Settings

from tests.comptes.gestes import ajouter_application, client_de, confirmer, connecte, se_connecter
from tests.factories.comptes import UtilisateurFactory
from tests.harness.html import StrictClient

pytestmark = pytest.mark.django_db

AJOUTER, ENTRER = reverse("mfa_add_webauthn"), reverse("mfa_login_webauthn")
# What a device could send, were it well.
CLIENT_DATA = "eyJ0eXBlIjoid2ViYXV0aG4uZ2V0IiwiY2hhbGxlbmdlIjoiQUFBQSIsIm9yaWdpbiI6Imh0dHA6Ly90ZXN0c2VydmVyIn0"
AUTHENTICATOR_DATA = "SZYN5YgOjGh0NBcPZHZgW4_krrmihjLHmVzzuoMdl2MBAAAAAA"
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.sampled_from(["", "A", "AA", "AAAA", "é", "\x00", "MQ", "public-key", CLIENT_DATA, AUTHENTICATOR_DATA])
)
JUNK = st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner))
RESPONSES = st.fixed_dictionaries(
    {},
    optional={
        "clientDataJSON": st.just(CLIENT_DATA) | JUNK,
        "authenticatorData": st.just(AUTHENTICATOR_DATA) | JUNK,
        "attestationObject": st.just("o2NmbXRkbm9uZWdhdHRTdG10oGhhdXRoRGF0YUA") | JUNK,
        "signature": st.just("AAAA") | JUNK,
        "userHandle": st.just("MQ") | JUNK,
    },
)
ANSWERS = JUNK | st.fixed_dictionaries(
    {"id": st.just("AAAA") | JUNK, "rawId": st.just("AAAA") | JUNK, "response": RESPONSES | JUNK},
    optional={"type": st.just("public-key") | JUNK, "clientExtensionResults": st.just({}) | JUNK},
)
SENSELESS = ["false", "0", "true", "[]", "{}", "null", '"a"', "NaN", "{", '{"response": false}', "[" * 100_000]


@pytest.fixture
def sans_limite(settings: Settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = settings.MFA_RATE_LIMITS = False


@pytest.fixture
def membre(sans_limite: None) -> StrictClient:
    client = client_de(UtilisateurFactory())
    confirmer(client)
    return client


def send(client: StrictClient, anonymous: StrictClient, credential: str) -> None:
    client.get(AJOUTER)
    assert client.post(AJOUTER, {"name": "x", "credential": credential}).status_code == 200
    assert client.get(ENTRER, headers={"Accept": "application/json"}).status_code == 200
    anonymous.get(ENTRER, headers={"Accept": "application/json"})
    assert anonymous.post(ENTRER, {"credential": credential}).headers["Location"] == reverse("account_login")


@given(answer=ANSWERS)
@hypothesis_settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_malformed_passkey_is_refused(membre: StrictClient, client: StrictClient, answer: Any) -> None:
    send(membre, client, json.dumps(answer))
    assert not Authenticator.objects.exists()
    assert not connecte(client)


@pytest.mark.parametrize("credential", SENSELESS, ids=lambda text: text[:12])
def test_what_is_no_passkey_is_not_kept_as_one(membre: StrictClient, client: StrictClient, credential: str) -> None:
    send(membre, client, credential)
    assert not Authenticator.objects.exists()
    assert not connecte(client)


@pytest.mark.parametrize("code", ["é", "\x00", "١٢٣٤٥٦", "🙂", "0" * 100_000, " ", "-1", "１２３４５６"], ids=ascii)
def test_a_strange_code_is_only_wrong(client: StrictClient, sans_limite: None, code: str) -> None:
    user = UtilisateurFactory()
    ajouter_application(user)
    se_connecter(client, user)
    assert client.post(reverse("mfa_authenticate"), {"code": code}).status_code == 200
    assert not connecte(client)


@pytest.mark.parametrize(
    "data",
    [
        {"login": "a\x00@exemple.test", "password": "x"},
        {"login": "a@exemple.test", "password": "\x00"},
        {"login": "é@é.test", "password": "é"},
        {"login": f"a@{'b' * 300}.test", "password": "x" * 100_000},
        {"login": "a@exemple.test", "password": "x", "next": "\x00"},
        {"login": "a@exemple.test", "password": "x", "next": "http://[::1"},
        {"login": ["a@exemple.test", "b@exemple.test"], "password": ["x", "y"]},
        {},
    ],
)
def test_a_strange_sign_in_is_only_refused(client: StrictClient, data: dict[str, Any]) -> None:
    assert client.post(reverse("account_login"), data).status_code == 200
    assert not connecte(client)


@pytest.mark.parametrize(
    "path",
    [
        "mot-de-passe/nouveau/zzzzzzzzzzzzz-abc/",
        "mot-de-passe/nouveau/zzzzzzzzzzzzzzzzzzzzzzzz-abc/",
        "mot-de-passe/nouveau/0-set-password/",
        "adresse/confirmer/a:b:c/",
        "adresse/confirmer/-/",
        "connexion/?next=http://[::1",
        "connexion/?next=%C3%28",
        "connexion/?next=a&next=b",
    ],
)
def test_a_strange_address_is_only_a_page(client: StrictClient, path: str) -> None:
    assert client.get(f"/fr/compte/{path}").status_code == 200


@pytest.mark.parametrize(
    "email", ["a@b.test\r\nBcc: c@d.test", "\x00@b.test", "ａ@exemple.test", '"a b"@b.test', "a@[::1]"]
)
def test_a_strange_address_gets_no_header_of_its_own(client: StrictClient, email: str, mailoutbox: list[Any]) -> None:
    assert client.post(reverse("account_reset_password"), {"email": email}).status_code in (200, 302)
    assert all(len(message.recipients()) == 1 and "\n" not in message.subject for message in mailoutbox)
