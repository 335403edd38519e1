"""Events as search engines read them: schema.org."""

import datetime
from typing import Any

import pytest
from django.test import Client

from evenements.models import Evenement
from evenements.operations.evenements import annuler_evenement, reporter_evenement
from evenements.operations.seances import annuler_seance, deplacer_seance
from tests.evenements.dates import dans, lundi, serie
from tests.evenements.lecture import donnees_structurees
from tests.factories import EvenementFactory, EvenementPageFactory, LieuFactory

pytestmark = pytest.mark.django_db
T = datetime.time


def lu(client: Client, evenement: Evenement, **page: Any) -> dict[str, Any]:
    found = evenement.pages.first() or EvenementPageFactory(evenement=evenement, **page)
    return donnees_structurees(client.get(found.url))


def court(value: str) -> str:
    return value.removeprefix("https://schema.org/")


def test_all_that_a_search_engine_can_say(client: Client) -> None:
    lieu = LieuFactory(nom="Maison des usagers", complement="Salle 2", accessibilite=["plain_pied"])
    evenement = EvenementFactory(
        jour=datetime.date(2026, 6, 2), jour_fin=datetime.date(2026, 6, 2), lieu=lieu, langues=["fr", "fsl"],
        accessibilite=["lsf"], capacite=30, organisateurs=["ARS (exemple)"], animateurs=[("Camille Exemple", "usager")],
    )  # fmt: skip
    found = lu(client, evenement, title="Café", resume="Parler ensemble.")
    url = "http://localhost/fr/agenda/cafe/"
    assert found["@type"] == "Event"
    assert (found["name"], found["description"], found["url"]) == ("Café", "Parler ensemble.", url)
    assert (found["startDate"], found["endDate"]) == ("2026-06-02T14:00+02:00", "2026-06-02T16:00+02:00")
    assert (court(found["eventStatus"]), court(found["eventAttendanceMode"])) == (
        "EventScheduled", "OfflineEventAttendanceMode"
    )  # fmt: skip
    [place] = found["location"]
    assert (place["@type"], place["name"]) == ("Place", "Maison des usagers")
    assert place["address"] == {
        "@type": "PostalAddress", "streetAddress": "1 rue de l’Exemple, Salle 2", "postalCode": "93200",
        "addressLocality": "Saint-Denis", "addressCountry": "FR",
    }  # fmt: skip
    assert (place["geo"]["latitude"], place["geo"]["longitude"]) == (48.9356, 2.3539)
    assert [feature["value"] for feature in place["amenityFeature"]] == [True, True]
    assert found["organizer"] == [{"@type": "Organization", "name": "ARS (exemple)"}]
    assert found["performer"] == [{"@type": "Person", "name": "Camille Exemple"}]
    assert (found["isAccessibleForFree"], found["maximumAttendeeCapacity"]) == (True, 30)
    assert found["offers"] == {"@type": "Offer", "price": "0", "priceCurrency": "EUR", "url": url}
    assert found["inLanguage"] == ["fr", "fsl"]


def test_winter_and_whole_days(client: Client) -> None:
    winter = EvenementFactory(jour=datetime.date(2026, 1, 6), jour_fin=datetime.date(2026, 1, 6))
    assert lu(client, winter)["startDate"] == "2026-01-06T14:00+01:00"
    days = EvenementFactory(jour=lundi(), jour_fin=dans(2), heure_debut=None, heure_fin=None)
    found = lu(client, days)
    assert (found["startDate"], found["endDate"]) == (lundi().isoformat(), dans(2).isoformat())


def test_a_meeting_online_is_at_its_page(client: Client) -> None:
    found = lu(client, EvenementFactory(en_ligne=True, acces_en_ligne="Code : 4321"), title="Webinaire")
    assert found["location"] == [{"@type": "VirtualLocation", "url": found["url"]}]
    assert court(found["eventAttendanceMode"]) == "OnlineEventAttendanceMode"
    both = lu(client, EvenementFactory(mode="mixte", lien_en_ligne="https://visio.exemple.org/salle-secrete"))
    assert [place["@type"] for place in both["location"]] == ["Place", "VirtualLocation"]
    assert "visio" not in str((found, both))


def test_what_is_paid(client: Client) -> None:
    evenement = EvenementFactory(
        gratuit=False, prix="12.50", inscription="externe", inscription_url="https://exemple.org/inscription"
    )
    found = lu(client, evenement)
    assert found["isAccessibleForFree"] is False
    assert (found["offers"]["price"], found["offers"]["url"]) == ("12.50", "https://exemple.org/inscription")


def test_whether_it_will_be_held(client: Client) -> None:
    evenement = EvenementFactory(jour=lundi())
    lu(client, evenement)
    reporter_evenement(evenement.pk)
    assert court(lu(client, evenement)["eventStatus"]) == "EventPostponed"
    annuler_evenement(evenement.pk)
    assert court(lu(client, evenement)["eventStatus"]) == "EventCancelled"


def test_a_series_says_its_schedule_and_each_date(client: Client) -> None:
    evenement = serie("FREQ=WEEKLY;BYDAY=MO;COUNT=5", dates_exclues=[dans(21)])
    annuler_seance(evenement.seances.get(jour=dans(7)).pk)
    deplacer_seance(
        evenement.seances.get(jour=dans(14)).pk, jour=dans(15), heure_debut=T(9), heure_fin=T(10), lieu=LieuFactory()
    )
    found = lu(client, evenement)
    assert (found["@type"], court(found["eventStatus"])) == ("EventSeries", "EventScheduled")
    assert found["eventSchedule"] == {
        "@type": "Schedule", "repeatFrequency": "P1W", "byDay": ["https://schema.org/Monday"], "repeatCount": 5,
        "startDate": lundi().isoformat(), "startTime": "14:00", "endTime": "16:00",
        "scheduleTimezone": "Europe/Paris", "exceptDate": [dans(21).isoformat()],
    }  # fmt: skip
    statuts = [court(date["eventStatus"]) for date in found["subEvent"]]
    assert statuts == ["EventScheduled", "EventCancelled", "EventRescheduled", "EventScheduled"]
    moved = found["subEvent"][2]
    assert moved["previousStartDate"].startswith(f"{dans(14)}T14:00")
    assert moved["location"][0]["@type"] == "Place"
    assert found["subEvent"][0]["location"] == {"@id": found["location"][0]["@id"]}


@pytest.mark.parametrize(
    ("rrule", "dit"),
    [
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO;COUNT=2", {"repeatFrequency": "P2W", "byDay": ["https://schema.org/Monday"]}),
        ("FREQ=MONTHLY;BYDAY=-1FR;COUNT=2", {"repeatFrequency": "P1M", "byDay": "-1FR"}),
        ("FREQ=MONTHLY;BYMONTHDAY=15;COUNT=2", {"repeatFrequency": "P1M", "byMonthDay": 15}),
    ],
)
def test_schedules(client: Client, rrule: str, dit: dict[str, Any]) -> None:
    schedule = lu(client, serie(rrule))["eventSchedule"]
    assert {name: schedule[name] for name in dit} == dit


def test_an_event_without_a_date_left_breaks_nothing(client: Client) -> None:
    evenement = EvenementFactory(seance=False)
    assert lu(client, evenement)["@type"] == "Event"
