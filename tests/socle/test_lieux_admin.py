"""The form of a place: what it keeps, what it refuses and how it says so."""

import datetime
from typing import Any

import pytest
from django.test import override_settings
from django.urls import reverse

from redaction import roles
from socle import generation
from socle.lieux.widgets import ChampAdresse, ChampPosition
from socle.models import FermetureLieu, HoraireLieu, Lieu
from tests.factories import UtilisateurFactory
from tests.factories.evenements import EvenementFactory, LieuFactory
from tests.harness.html import StrictClient
from tests.harness.queries import assert_same_cost

pytestmark = pytest.mark.django_db

LISTE = reverse("wagtailsnippets_socle_lieu:list")
AJOUT = reverse("wagtailsnippets_socle_lieu:add")
Ligne = dict[str, Any]


def connecte(*noms: str) -> StrictClient:
    client = StrictClient()
    client.force_login(UtilisateurFactory(groupes=[*noms] or [roles.ANIMATION.nom]))
    return client


def edition(lieu: Lieu) -> str:
    return reverse("wagtailsnippets_socle_lieu:edit", args=[lieu.pk])


def lignes(prefix: str, rows: list[Ligne], initial: int = 0) -> Ligne:
    data: Ligne = {
        f"{prefix}-TOTAL_FORMS": len(rows),
        f"{prefix}-INITIAL_FORMS": initial,
        f"{prefix}-MIN_NUM_FORMS": 0,
        f"{prefix}-MAX_NUM_FORMS": 1000,
    }
    for rank, row in enumerate(rows):
        data |= {f"{prefix}-{rank}-{name}": value for name, value in {"id": "", **row}.items()}
    return data


def formulaire(horaires: list[Ligne] | None = None, fermetures: list[Ligne] | None = None, **change: Any) -> Ligne:
    return {
        "nom": "Maison des usagers",
        "adresse": "1 rue de l’Exemple",
        "code_postal": "93200",
        "commune": "Saint-Denis",
        "code_insee": "93066",
        "departement": "93",
        "position_latlng": "48.9356, 2.3539",
        "position": "",
        "fuseau": "Europe/Paris",
        "actif": "on",
        **lignes("horaires", horaires or [], sum(bool(row.get("id")) for row in horaires or [])),
        **lignes("fermetures", fermetures or [], sum(bool(row.get("id")) for row in fermetures or [])),
        **change,
    }


def creneau(jour: int, debut: str, fin: str, **more: Any) -> Ligne:
    return {"jour": jour, "debut": debut, "fin": fin, **more}


def texte(response: Any) -> str:
    assert response.status_code == 200
    return str(response.content.decode())


def test_a_place_is_added_with_all_that_is_known_of_it() -> None:
    answer = connecte().post(
        AJOUT,
        formulaire(
            [creneau(0, "09:00", "12:00"), creneau(0, "12:00", "17:00")],
            [{"du": "2027-08-01", "au": "2027-08-15", "motif": "Congés"}],
            accessibilite=["plain_pied", "ascenseur"],
            acces="Métro 13, sortie 2.",
        ),
    )
    assert answer.status_code == 302
    lieu = Lieu.objects.get()
    assert lieu.position == (48.9356, 2.3539)
    assert lieu.accessibilite == ["ascenseur", "plain_pied"]
    assert lieu.horaires.count() == 2
    assert lieu.fermetures.get().motif == "Congés"


def test_the_typed_position_wins_and_an_empty_one_forgets() -> None:
    lieu, client = LieuFactory(), connecte()
    hidden = "SRID=4326;POINT(2.3539 48.9356)"
    client.post(edition(lieu), formulaire(position_latlng="48,85 ; 2,35", position=hidden))
    lieu.refresh_from_db()
    assert lieu.position == (48.85, 2.35)
    client.post(edition(lieu), formulaire(position_latlng="", position=hidden))
    lieu.refresh_from_db()
    assert lieu.position is None
    data = formulaire(position=hidden)
    del data["position_latlng"]
    client.post(edition(lieu), data)
    lieu.refresh_from_db()
    assert lieu.position == (48.9356, 2.3539)


@pytest.mark.parametrize("typed", ["ici", "48", "95, 2", "48, 200", "x" * 200, "48.9, 2.3\x00"])
def test_a_position_that_is_none_is_refused_with_an_example(typed: str) -> None:
    lieu = LieuFactory()
    page = texte(connecte().post(edition(lieu), formulaire(position_latlng=typed)))
    assert "Exemple : 48.9356, 2.3539" in page or "100" in page or "nul" in page.lower()
    lieu.refresh_from_db()
    assert lieu.position == (48.9356, 2.3539)


@pytest.mark.parametrize(
    ("horaires", "fermetures", "change", "message"),
    [
        ([creneau(0, "09:00", "12:00"), creneau(0, "11:00", "13:00")], [], {}, "recouvre celui de 09:00 à 12:00"),
        ([creneau(0, "12:00", "09:00")], [], {}, "L’heure de fermeture vient après celle d’ouverture."),
        ([creneau(0, "", "09:00")], [], {}, "Champ requis."),
        ([creneau(9, "08:00", "09:00")], [], {}, "Sélectionnez un choix valide"),
        ([creneau(0, "25:00", "26:00")], [], {}, "heure valide"),
        ([], [{"du": "2027-02-30", "au": "2027-03-01"}], {}, "date valide"),
        ([], [{"du": "2027-03-02", "au": "2027-03-01"}], {}, "Le dernier jour de fermeture vient après le premier."),
        (
            [],
            [{"du": "2027-03-01", "au": "2027-03-05"}, {"du": "2027-03-05", "au": "2027-03-06"}],
            {},
            "recouvre celle du 01/03/2027 au 05/03/2027",
        ),
        ([], [], {"code_postal": "932"}, "Un code postal a cinq chiffres."),
        ([], [], {"code_insee": "75056"}, "Une commune du 93 a un code INSEE qui commence par 93."),
        ([], [], {"fuseau": "Europe/Nulle"}, "Ce fuseau horaire n’existe pas."),
        ([], [], {"departement": "13"}, "Sélectionnez un choix valide"),
        ([], [], {"accessibilite": ["ailes"]}, "Sélectionnez un choix valide"),
        ([], [], {"nom": ""}, "Champ requis."),
        ([], [], {"site": "javascript:alert(1)"}, "URL valide"),
    ],
)
def test_each_constraint_has_its_message(
    horaires: list[Ligne], fermetures: list[Ligne], change: Ligne, message: str
) -> None:
    page = texte(connecte().post(AJOUT, formulaire(horaires, fermetures, **change)))
    assert message in page.replace("&#x27;", "'")
    assert not Lieu.objects.exists()


def test_lines_that_change_places_are_saved() -> None:
    lieu = LieuFactory()
    first = HoraireLieu.objects.create(lieu=lieu, jour=0, debut=datetime.time(9), fin=datetime.time(12))
    second = HoraireLieu.objects.create(lieu=lieu, jour=0, debut=datetime.time(14), fin=datetime.time(17))
    rows = [creneau(0, "14:00", "17:00", id=first.pk), creneau(0, "09:00", "14:00", id=second.pk)]
    assert connecte().post(edition(lieu), formulaire(rows)).status_code == 302
    assert [each.debut.hour for each in lieu.horaires.order_by("debut")] == [9, 14]


def test_a_removed_line_makes_room_for_another() -> None:
    lieu = LieuFactory()
    first = HoraireLieu.objects.create(lieu=lieu, jour=0, debut=datetime.time(9), fin=datetime.time(12))
    kept = FermetureLieu.objects.create(lieu=lieu, du=datetime.date(2027, 1, 1), au=datetime.date(2027, 1, 2))
    rows = [creneau(0, "09:00", "12:00", id=first.pk, DELETE="on"), creneau(0, "10:00", "11:00")]
    closures = [{"du": "2027-01-01", "au": "2027-01-02", "id": kept.pk}]
    assert connecte().post(edition(lieu), formulaire(rows, closures)).status_code == 302
    assert [each.debut.hour for each in lieu.horaires.all()] == [10]
    assert lieu.fermetures.count() == 1


def test_the_lines_of_the_last_to_save_stay() -> None:
    """Somebody has added a line since the form was opened: nothing overlaps, and nothing breaks."""
    lieu = LieuFactory()
    HoraireLieu.objects.create(lieu=lieu, jour=0, debut=datetime.time(9), fin=datetime.time(12))
    assert connecte().post(edition(lieu), formulaire([creneau(0, "10:00", "11:00")])).status_code == 302
    assert [each.debut.hour for each in lieu.horaires.all()] == [10]


def test_a_line_removed_meanwhile_is_told() -> None:
    lieu = LieuFactory()
    gone = HoraireLieu.objects.create(lieu=lieu, jour=0, debut=datetime.time(9), fin=datetime.time(12))
    rows = [creneau(0, "09:00", "13:00", id=gone.pk)]
    gone.delete()
    page = texte(connecte().post(edition(lieu), formulaire(rows)))
    assert "Quelqu’un a changé ces lignes pendant que vous écriviez" in page


def test_a_used_place_is_kept_and_the_message_says_what_uses_it() -> None:
    lieu = EvenementFactory().lieu
    client = connecte(roles.ADMINISTRATION.nom)
    for method in (client.get, client.post):
        answer = method(reverse("wagtailsnippets_socle_lieu:delete", args=[lieu.pk]), follow=True)
        assert answer.redirect_chain[-1][0] == edition(lieu)
        assert "1 événement, 1 date, dont l’histoire serait perdue" in texte(answer)
    bulk = reverse("wagtail_bulk_action", args=["socle", "lieu", "delete"])
    answer = client.post(f"{bulk}?id={lieu.pk}", follow=True)
    assert "dont l’histoire serait perdue" in texte(answer)
    assert Lieu.objects.filter(pk=lieu.pk).exists()


def test_a_free_place_is_deleted() -> None:
    lieu = LieuFactory()
    client = connecte(roles.ADMINISTRATION.nom)
    client.post(reverse("wagtailsnippets_socle_lieu:delete", args=[lieu.pk]))
    assert not Lieu.objects.exists()


def test_the_list_is_searched_filtered_and_says_what_uses_each() -> None:
    EvenementFactory(lieu=LieuFactory(nom="École des usagers"))
    LieuFactory(nom="Ancienne salle", actif=False, departement="75", code_insee="75056")
    client = connecte()
    page = texte(client.get(LISTE))
    assert "1 événement, 1 date" in page
    assert "Ancienne salle" not in texte(client.get(LISTE, {"q": "ecole"}))
    assert "École des usagers" not in texte(client.get(LISTE, {"departement": "75"}))
    assert "Ancienne salle" not in texte(client.get(LISTE, {"actif": "true"}))
    for query in ({"departement": "00"}, {"actif": "x"}, {"p": "999"}, {"q": "%_\\"}, {"ordering": "nulle"}):
        assert client.get(LISTE, query).status_code == 200


def test_ten_places_cost_no_more_than_one() -> None:
    client = connecte()

    def make(count: int) -> None:
        for _ in range(count):
            EvenementFactory()

    # Those of the admin's frame included.
    assert_same_cost(make, lambda: client.get(LISTE), limit=25)


def test_only_places_in_use_are_proposed() -> None:
    LieuFactory(nom="Salle ouverte")
    LieuFactory(nom="Salle quittée", actif=False)
    client = connecte()
    page = texte(client.get(reverse("wagtailsnippetchoosers_socle_lieu:choose_results"), {"q": "salle"}))
    assert "Salle ouverte" in page
    assert "Salle quittée" not in page


def test_nothing_is_asked_of_another_host() -> None:
    media = str(ChampPosition().media + ChampAdresse().media)
    page = texte(connecte().get(AJOUT))
    assert "//" not in media.replace("</", "")
    for host in ("unpkg.com", "openstreetmap", "nominatim"):
        assert host not in page
    assert "js_lib_leaflet/leaflet.js" in page
    assert "geo/departements.json" in page


@override_settings(
    TUILES_URL="https://tuiles.exemple.org/{z}/{x}/{y}.png", TUILES_HOTE="tuiles.exemple.org", TUILES_CREDIT="© Essai"
)
def test_tiles_are_those_of_the_settings() -> None:
    assert "https://tuiles.exemple.org/{z}/{x}/{y}.png" in texte(connecte().get(AJOUT))


@override_settings(TUILES_URL="http://tuiles.exemple.org/{z}/{x}/{y}.png", TUILES_HOTE="tuiles.exemple.org")
def test_tiles_come_by_https_or_not_at_all() -> None:
    assert "tuiles.exemple.org" not in texte(connecte().get(AJOUT))


def test_a_change_shows_on_public_pages() -> None:
    lieu = LieuFactory()
    generation.forget()
    before = generation.current()
    connecte().post(edition(lieu), formulaire(nom="Autre nom"))
    generation.forget()
    assert generation.current() > before


def test_those_without_the_right_are_sent_away() -> None:
    lieu = LieuFactory()
    for client in (connecte(roles.CONTRIBUTION.nom), StrictClient()):
        for address in (LISTE, AJOUT, edition(lieu)):
            assert client.get(address).status_code == 302
