"""The search of an address: who may ask, what is answered, what leaves and what is kept."""

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

import pytest
from django.test import override_settings
from django.urls import reverse
from urllib3.exceptions import MaxRetryError, NewConnectionError, ReadTimeoutError

from redaction import roles
from socle import geocodage
from socle.geocodage import GeocodageIndisponibleError
from socle.geocodage.communes import Communes
from socle.geocodage.geopf import ADRESSE, TAILLE_MAX, Geoplateforme
from socle.geocodage.views import LIMITE
from tests.factories import UtilisateurFactory
from tests.harness.html import StrictClient

URL = "/admin/lieux/geocodage/"
TROUVE = {
    "type": "FeatureCollection",
    "features": [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [2.3539, 48.9356]},
            "properties": {
                "label": "1 Rue de l'Exemple 93200 Saint-Denis",
                "score": 0.97,
                "name": "1 Rue de l'Exemple",
                "postcode": "93200",
                "citycode": "93066",
                "city": "Saint-Denis",
                "type": "housenumber",
            },
        }
    ],
}


def connecte(role: roles.Role = roles.ANIMATION) -> StrictClient:
    client = StrictClient()
    client.force_login(UtilisateurFactory(groupes=[role.nom]))
    return client


class Answer:
    def __init__(self, body: bytes, status: int = 200) -> None:
        self.body, self.status = body, status

    def read(self, amount: int, decode_content: bool) -> bytes:
        return self.body[:amount]


@contextmanager
def service(answer: Answer | Exception) -> Iterator[list[tuple[str, str, dict[str, Any]]]]:
    asked: list[tuple[str, str, dict[str, Any]]] = []

    def request(_pool: Any, method: str, url: str, **options: Any) -> Answer:
        asked.append((method, url, options))
        if isinstance(answer, Exception):
            raise answer
        return answer

    with patch("urllib3.PoolManager.request", request):
        yield asked


# --- The national service ---


def test_the_service_is_asked_once_by_https_without_being_followed() -> None:
    with service(Answer(json.dumps(TROUVE).encode())) as asked:
        (found,) = Geoplateforme().chercher("1 rue de l’exemple saint-denis")
    method, url, options = asked[0]
    assert (method, url, options["redirect"]) == ("GET", ADRESSE, False)
    assert url.startswith("https://data.geopf.fr/")
    assert options["fields"]["q"] == "1 rue de l’exemple saint-denis"
    assert (found.latitude, found.longitude) == (48.9356, 2.3539)
    assert (found.adresse, found.code_postal, found.commune) == ("1 Rue de l'Exemple", "93200", "Saint-Denis")
    assert (found.code_insee, found.departement) == ("93066", "93")


def test_a_commune_is_not_taken_for_a_street_and_other_regions_have_no_departement() -> None:
    answer = json.loads(json.dumps(TROUVE))
    answer["features"][0]["properties"] |= {"type": "municipality", "name": "Lyon", "citycode": "69123"}
    with service(Answer(json.dumps(answer).encode())):
        (found,) = Geoplateforme().chercher("lyon")
    assert (found.adresse, found.departement) == ("", "")


@pytest.mark.parametrize(
    "answer",
    [
        Answer(b"", 500),
        Answer(b"{}", 302),
        Answer(b"<html>"),
        Answer(b"[]"),
        Answer(b'{"features": [1]}'),
        Answer(b'{"features": [{"properties": {}, "geometry": {"coordinates": ["x", 1]}}]}'),
        Answer(b'{"features": [{"properties": {}, "geometry": null}]}'),
        Answer(b"\xff\xfe"),
        Answer(b" " * (TAILLE_MAX + 10)),
        ReadTimeoutError(None, ADRESSE, "temps"),  # type: ignore[arg-type]
        MaxRetryError(None, ADRESSE, NewConnectionError(None, "refus")),  # type: ignore[arg-type]
        OSError("réseau"),
    ],
)
def test_whatever_it_answers_is_a_message_and_no_record_says_the_address(
    answer: Answer | Exception, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with service(answer), pytest.raises(GeocodageIndisponibleError):
        Geoplateforme().chercher("12 rue Secrète")
    assert caplog.records
    assert "Secr" not in caplog.text


def test_a_place_without_a_sane_position_is_left_out() -> None:
    answer = b'{"features": [{"properties": {}, "geometry": {"coordinates": [2, 95]}}]}'
    with service(Answer(answer)):
        assert Geoplateforme().chercher("nulle part") == []


# --- Our own file ---


@pytest.mark.parametrize(
    ("texte", "attendu"),
    [
        ("Saint-Denis", ("93066", "")),
        ("st denis", ("93066", "")),
        ("12 rue de Paris 93200 Saint-Denis", ("93066", "93200")),
        ("10 rue de l’Essai 75010 Paris", ("75110", "75010")),
        ("ACHERES LA FORET", ("77001", "")),
        ("Boulogne-Bill", ("92012", "")),
    ],
)
def test_the_commune_of_an_address_is_found(texte: str, attendu: tuple[str, str]) -> None:
    found = Communes().chercher(texte)[0]
    assert (found.code_insee, found.code_postal) == attendu
    assert found.departement == found.code_insee[:2]
    assert 48 < found.latitude < 49.3
    assert 1.4 < found.longitude < 3.6


@pytest.mark.parametrize("texte", ["Marseille", "???", "123", "%", "zz"])
def test_what_is_no_commune_of_the_region_is_not_found(texte: str) -> None:
    assert Communes().chercher(texte) == []


# --- Our own address ---

pytestmark = pytest.mark.django_db


def test_the_answer_fills_a_form() -> None:
    assert reverse("lieux_geocodage") == URL
    answer = connecte().get(URL, {"q": "1 rue de l’Exemple 93200 Saint-Denis"})
    (found,) = answer.json()["resultats"]
    assert (found["commune"], found["departement"], found["code_postal"]) == ("Saint-Denis", "93", "93200")
    assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.parametrize("role", roles.ROLES, ids=lambda role: role.nom)
def test_those_who_write_places_may_ask(role: roles.Role) -> None:
    allowed = role in (roles.ANIMATION, roles.OUTILTHEQUE, roles.MODERATION, roles.ADMINISTRATION)
    assert connecte(role).get(URL, {"q": "Saint-Denis"}).status_code == (200 if allowed else 403)


def test_visitors_are_sent_to_sign_in() -> None:
    answer = StrictClient().get(URL, {"q": "Saint-Denis"})
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/admin/login/")


@pytest.mark.parametrize(
    ("q", "message"), [("", "trois lettres"), ("  a ", "trois lettres"), ("a" * 201, "trop longue")]
)
def test_bad_questions_are_told_why(q: str, message: str) -> None:
    answer = connecte().get(URL, {"q": q})
    assert answer.status_code == 400
    assert message in answer.json()["message"]


def test_nothing_is_written_there() -> None:
    assert connecte().post(URL, {"q": "Saint-Denis"}).status_code == 405


def test_an_account_asks_so_many_times_a_minute() -> None:
    client = connecte()
    statuses = [client.get(URL, {"q": f"Saint-Denis {rank}"}).status_code for rank in range(LIMITE + 1)]
    assert statuses == [200] * LIMITE + [429]
    assert "Attendez une minute" in client.get(URL, {"q": "Bobigny"}).json()["message"]
    assert connecte().get(URL, {"q": "Bobigny"}).status_code == 200


@override_settings(GEOCODAGE="socle.geocodage.geopf.Geoplateforme")
def test_the_service_is_asked_once_for_the_same_words() -> None:
    client = connecte()
    with service(Answer(json.dumps(TROUVE).encode())) as asked:
        for q in ("1 rue de l’Exemple", " 1  RUE de l’exemple "):
            assert client.get(URL, {"q": q}).json()["resultats"][0]["commune"] == "Saint-Denis"
    assert len(asked) == 1
    with service(OSError("réseau")):
        answer = client.get(URL, {"q": "2 rue de l’Exemple"})
    assert answer.status_code == 503
    assert "ne répond pas" in answer.json()["message"]
    # A failure is not remembered.
    with service(Answer(json.dumps(TROUVE).encode())):
        assert client.get(URL, {"q": "2 rue de l’Exemple"}).status_code == 200


def test_production_asks_the_national_service() -> None:
    from django.conf import settings

    assert settings.GEOCODAGE == "socle.geocodage.communes.Communes"
    source = (settings.BASE_DIR / "site/plateforme/settings/production.py").read_text()
    assert '"GEOCODAGE", "socle.geocodage.geopf.Geoplateforme"' in source
    assert isinstance(geocodage.fournisseur(), Communes)
