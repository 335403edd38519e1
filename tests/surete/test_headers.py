"""Headers and cookies of each kind of answer, with the settings of production behind HTTPS."""

import json
from typing import Any

import pytest
from django.conf import settings

from tests.exploitation.conftest import own_database, production, run
from tests.factories import ContactPageFactory, FichierFactory, UtilisateurFactory, accueil, index_fiches
from tests.harness import database

pytestmark = pytest.mark.slow

ASKED = """
import json, sys
import django
from django.conf import settings
settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
# The client signs in by itself: the server then sends the cookie again, as it would.
settings.SESSION_SAVE_EVERY_REQUEST = True
django.setup()
from django.contrib.auth import get_user_model
from django.test import Client
client = Client(headers={"host": "exemple.test", "x-forwarded-proto": "https"}, raise_request_exception=False)
found = {}
for address in json.loads(sys.argv[1]):
    response = client.get(address)
    found[address] = {"status": response.status_code, **{name.lower(): value for name, value in response.items()}}
plain = Client(headers={"host": "exemple.test"}).get("/fr/")
found["plain"] = {"status": plain.status_code, "location": plain["Location"]}
client.force_login(get_user_model().objects.get(), backend="django.contrib.auth.backends.ModelBackend")
response = client.get("/admin/")
found["/admin/"] = {"status": response.status_code, **{name.lower(): value for name, value in response.items()}}
client.get("/admin/account/")
found["cookies"] = {
    name: [bool(cookie["secure"]), bool(cookie["httponly"]), cookie["samesite"]]
    for name, cookie in client.cookies.items()
}
print(json.dumps(found))
"""
PUBLIC = ("/fr/", "/fr/fiches/", "/fr/contact/", "/fr/recherche/?q=a", "/fr/absente/", "/sitemap.xml", "/robots.txt")


@pytest.fixture(scope="module")
def answers(django_db_setup: None, django_db_blocker: Any) -> dict[str, Any]:
    with django_db_blocker.unblock(), own_database("entetes") as name, database.connected_to(name):
        accueil()
        index_fiches()
        ContactPageFactory()
        document = FichierFactory()
        UtilisateurFactory(superutilisateur=True)
        script = ASKED.replace("sys.argv[1]", repr(json.dumps([*PUBLIC, document.url, "/fr/%00"])))
        result = run("-c", script, environment=production(name, HTTPS="1", MEDIA_ROOT=str(settings.MEDIA_ROOT)))
        assert result.returncode == 0, result.stderr[-3000:]
        found: dict[str, Any] = json.loads(result.stdout.splitlines()[-1])
        found["document"] = found.pop(document.url)
    return found


@pytest.mark.parametrize("address", [*PUBLIC, "document", "/admin/"])
def test_every_answer(answers: dict[str, Any], address: str) -> None:
    headers = answers[address]
    assert headers["status"] in {200, 404} or address == "/admin/"
    assert headers["strict-transport-security"] == "max-age=31536000; includeSubDomains; preload"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "strict-origin-when-cross-origin"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert headers["x-frame-options"] in {"DENY", "SAMEORIGIN"}
    refused = {part.partition("=")[0] for part in headers["permissions-policy"].split(", ")}
    assert {"camera", "microphone", "geolocation", "payment", "usb", "browsing-topics"} <= refused
    assert "publickey-credentials-get" not in refused
    assert "unsafe" not in headers["content-security-policy"] or address == "/admin/"


@pytest.mark.parametrize("address", PUBLIC)
def test_public_pages_load_nothing_but_ours(answers: dict[str, Any], address: str) -> None:
    policy = dict(part.strip().split(" ", 1) for part in answers[address]["content-security-policy"].split(";"))
    assert policy["default-src"] == policy["object-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'"
    for name in ("script-src", "style-src", "font-src", "connect-src", "form-action"):
        assert policy[name] == "'self'", name
    assert answers[address]["x-frame-options"] == "DENY"


def test_documents_run_nothing(answers: dict[str, Any]) -> None:
    assert answers["document"]["content-security-policy"] == "default-src 'none'"
    assert answers["document"]["content-disposition"].startswith("attachment")


def test_the_admin_has_a_policy_of_its_own(answers: dict[str, Any]) -> None:
    policy = answers["/admin/"]["content-security-policy"]
    for part in ("frame-ancestors 'self'", "object-src 'none'", "form-action 'self'", "base-uri 'self'"):
        assert part in policy
    assert "http" not in policy.replace("'self'", "")


def test_plain_http_is_sent_to_https(answers: dict[str, Any]) -> None:
    assert answers["plain"] == {"status": 301, "location": "https://exemple.test/fr/"}


def test_cookies_travel_over_https_only(answers: dict[str, Any]) -> None:
    cookies = answers["cookies"]
    assert cookies["sessionid"] == [True, True, "Lax"]
    assert all(secure and samesite == "Lax" for secure, _http_only, samesite in cookies.values())
