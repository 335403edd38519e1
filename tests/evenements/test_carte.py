"""The agenda on a map: the points, the list beside it, what they cost, and what they never tell."""

import gzip
import json
import random
from itertools import accumulate
from typing import Any

import pytest
from django.conf import settings
from django.test import override_settings
from django.utils import translation
from wagtail.models import PageViewRestriction

from evenements.queries.carte import NOMS_MAX, PRECISION, points
from evenements.queries.lieux import LieuxTrouves
from evenements.views import carte
from evenements.views.carte import formes
from socle.geocodage.communes import communes
from socle.models import Lieu
from tests.factories import UtilisateurFactory
from tests.factories.evenements import EvenementFactory, EvenementPageFactory, LieuFactory, agenda
from tests.harness.html import StrictClient
from tests.harness.queries import assert_same_cost

pytestmark = pytest.mark.django_db

PAGE, POINTS = "/fr/agenda/?vue=carte", "/fr/agenda/points.json"
POIDS_MAX = 60_000


def rencontre(langue: str = "fr", **facts: Any) -> Any:
    page = {name: facts.pop(name) for name in ("brouillon",) if name in facts}
    return EvenementPageFactory(evenement=EvenementFactory(**facts), langue=langue, **page)


def lus(payload: dict[str, Any]) -> list[dict[str, Any]]:
    """Read the payload as the script does."""
    towns, ids, lats, lngs = (list(accumulate(payload[name])) for name in ("k", "i", "y", "x"))
    return [
        {
            "id": ids[rank],
            "commune": payload["c"][towns[rank]][0],
            "place": (lats[rank] / PRECISION, lngs[rank] / PRECISION),
            "nombre": number,
        }
        for rank, number in enumerate(payload["n"])
    ]


def texte(response: Any) -> str:
    assert response.status_code == 200
    return str(response.content.decode())


# --- The points ---


def test_each_place_is_a_point_with_its_number_of_dates(client: StrictClient) -> None:
    saint_denis = LieuFactory()
    paris = LieuFactory(nom="Halle", commune="Paris", departement="75", latitude=48.85, longitude=2.3)
    for lieu in (saint_denis, saint_denis, paris):
        rencontre(lieu=lieu)
    rencontre(lieu=LieuFactory(latitude=None, longitude=None))
    rencontre(en_ligne=True)
    rencontre(lieu=paris, dans=-5)
    payload = client.get(POINTS).json()
    assert lus(payload) == [
        {"id": paris.pk, "commune": "Paris", "place": (48.85, 2.3), "nombre": 1},
        {"id": saint_denis.pk, "commune": "Saint-Denis", "place": (48.9356, 2.3539), "nombre": 2},
    ]
    assert payload["t"] == ["Halle", saint_denis.nom]
    assert [each["nombre"] for each in lus(client.get(POINTS, {"periode": "passes"}).json())] == [1]


def test_the_points_are_those_of_the_filters(client: StrictClient) -> None:
    paris = LieuFactory(commune="Paris", departement="75", latitude=48.85, longitude=2.3)
    rencontre(lieu=paris, genre="atelier")
    rencontre(lieu=LieuFactory())
    for query in ({"departement": "75"}, {"genre": "atelier"}, {"lieu": str(paris.pk)}):
        assert [each["id"] for each in lus(client.get(POINTS, query).json())] == [paris.pk]


@pytest.mark.parametrize(
    "query",
    ["departement=00", "lieu=abc", "lieu=99999999999999999999", "du=hier", "page=-1", "vue=globe", "q=%00", "acces=x"],
)
def test_what_is_not_understood_is_ignored(client: StrictClient, query: str) -> None:
    rencontre()
    for address in (f"{POINTS}?{query}", f"{PAGE}&{query}"):
        assert client.get(address, follow=True).status_code == 200
    assert len(lus(client.get(f"{POINTS}?{query}", follow=True).json())) == 1


def test_the_points_are_for_everybody_the_same(client: StrictClient) -> None:
    rencontre()
    rencontre(brouillon=True)
    hidden = rencontre()
    PageViewRestriction.objects.create(page=hidden, restriction_type="login")
    for one in (client, StrictClient()):
        assert len(lus(one.get(POINTS).json())) == 1
    member = StrictClient()
    member.force_login(UtilisateurFactory(is_superuser=True))
    assert member.get(POINTS).json() == client.get(POINTS).json()
    agenda("en")
    assert client.get("/en/agenda/points.json").json()["n"] == []


def test_nothing_of_anybody_is_on_the_map(client: StrictClient) -> None:
    rencontre(
        animateurs=[("Camille Secret", "usager")],
        responsables=[UtilisateurFactory()],
        mode="mixte",
        lien_en_ligne="https://visio.exemple.org/secret",
        contact_courriel="secret@exemple.test",
    )
    for address in (POINTS, PAGE):
        assert "ecret" not in texte(client.get(address))


def test_the_points_are_not_sent_twice(client: StrictClient) -> None:
    rencontre()
    first = client.get(POINTS)
    assert client.get(POINTS, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    rencontre(lieu=LieuFactory(commune="Bobigny"))
    again = client.get(POINTS, headers={"If-None-Match": first.headers["ETag"]})
    assert len(lus(again.json())) == 2
    assert client.post(POINTS).status_code == 405


def test_five_thousand_places_fit_in_sixty_kilobytes() -> None:
    draw = random.Random(5000)
    towns = draw.choices(communes(), k=5000)
    Lieu.objects.bulk_create(
        Lieu(
            nom=f"Maison des usagers {draw.getrandbits(64)}",
            commune=town.nom,
            departement=town.departement,
            latitude=town.latitude + draw.uniform(-0.02, 0.02),
            longitude=town.longitude + draw.uniform(-0.02, 0.02),
        )
        for town in towns
    )
    ids = list(Lieu.objects.values_list("pk", flat=True))
    draw.shuffle(ids)
    counts = {pk: draw.randint(1, 12) for pk in ids}
    payload = points(LieuxTrouves(Lieu.objects.filter(pk__in=ids), 5000, sum(counts.values()), counts, {}, 0))
    written = json.dumps(payload, ensure_ascii=False, separators=(",", ":")).encode()
    assert len(lus(payload)) == 5000 > NOMS_MAX
    assert "t" not in payload
    assert len(gzip.compress(written, 6)) <= POIDS_MAX
    by_id = {lieu.pk: lieu for lieu in Lieu.objects.all()}
    for point in lus(payload):
        lieu = by_id[point["id"]]
        assert (point["commune"], point["nombre"]) == (lieu.commune, counts[lieu.pk])
        assert point["place"] == pytest.approx(lieu.position, abs=1 / PRECISION)


@pytest.mark.parametrize("address", [POINTS, PAGE])
def test_ten_places_cost_no_more_than_one(client: StrictClient, address: str) -> None:
    def make(count: int) -> None:
        for _ in range(count):
            rencontre(lieu=LieuFactory(departement="75"))

    assert_same_cost(make, lambda: client.get(address))


# --- The list beside ---


def test_the_list_has_every_place_by_departement_and_town(client: StrictClient) -> None:
    lieu = LieuFactory()
    for _ in range(2):
        rencontre(lieu=lieu)
    rencontre(lieu=LieuFactory(nom="Sans point", latitude=None, longitude=None, commune="Melun", departement="77"))
    rencontre(lieu=LieuFactory(nom="Ailleurs", commune="Lyon", departement=""))
    rencontre(en_ligne=True)
    page = texte(client.get(PAGE))
    listed = page[page.index("lieux-par-departement") :]
    assert listed.index("Seine-et-Marne (77)") < listed.index("Seine-Saint-Denis (93)") < listed.index("Autres lieux")
    for said in ("Sans point", "Lyon", "2 dates dans ce lieu", f"lieu={lieu.pk}", "1 rencontre à suivre en ligne"):
        assert said in page
    assert "Contours © IGN – ADMIN EXPRESS, Licence Ouverte 2.0" in page
    listed = texte(client.get(f"/fr/agenda/?lieu={lieu.pk}"))
    assert "2 rencontres à venir" in listed


def test_every_place_is_reached_page_after_page(client: StrictClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(carte, "PAR_PAGE", 2)
    monkeypatch.setattr(carte, "DEPLIES_MAX", 2)
    names = {rencontre(lieu=LieuFactory(nom=f"Salle {rank}!")).evenement.lieu.nom for rank in range(5)}
    pages = [texte(client.get(f"{PAGE}&page={number}")) for number in (1, 2, 3)]
    assert {name for name in names if any(name in page for page in pages)} == names
    assert "5 lieux" in pages[0]
    assert "Cette page n’existe pas." in texte(client.get(f"{PAGE}&page=9"))


def test_without_a_place_there_is_no_map(client: StrictClient) -> None:
    agenda()
    assert "leaflet" not in texte(client.get(PAGE))
    rencontre(en_ligne=True)
    page = texte(client.get(PAGE))
    assert "leaflet" not in page
    assert "1 rencontre à suivre en ligne" in page


def test_leaflet_is_of_this_view_alone_and_from_here(client: StrictClient) -> None:
    rencontre()
    for vue in ("liste", "mois"):
        assert "leaflet" not in texte(client.get(f"/fr/agenda/?vue={vue}"))
    page = texte(client.get(PAGE))
    assert "/static/js_lib_leaflet/leaflet.js" in page
    assert "data-tuiles" not in page
    assert "unpkg" not in page


@override_settings(
    TUILES_URL="https://tuiles.exemple.org/{z}/{x}/{y}.png", TUILES_HOTE="tuiles.exemple.org", TUILES_CREDIT="© Essai"
)
def test_tiles_are_behind_a_button_that_says_who_is_asked(client: StrictClient) -> None:
    rencontre()
    page = texte(client.get(PAGE))
    assert "data-tuiles" in page
    assert "Les images viennent de tuiles.exemple.org" in page


def test_the_policy_allows_the_tiles_of_the_settings_and_no_other() -> None:
    assert settings.PUBLIC_CSP["img-src"] == ["'self'", "data:"]


@pytest.mark.parametrize(("langue", "categories"), [("fr", {"one", "other"}), ("ar", {"zero", "one", "two", "few"})])
def test_numbers_are_said_in_every_plural_of_the_language(langue: str, categories: set[str]) -> None:
    with translation.override(langue):
        for mot in ("rencontres", "lieux"):
            said = formes(mot)
            assert categories <= set(said)
            assert "other" in said


def test_our_script_is_small() -> None:
    scripts = [settings.BASE_DIR / "static" / "js" / name for name in ("carte.js", "carte_points.js")]
    assert sum(len(gzip.compress(script.read_bytes())) for script in scripts) <= 6_000
