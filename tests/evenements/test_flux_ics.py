"""Calendars made of the agenda, read as calendars read them."""

import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import recurring_ical_events
from django.test import Client
from icalendar import Calendar

from evenements.models import Evenement
from evenements.operations.evenements import annuler_evenement, enregistrer, reporter_evenement
from evenements.operations.seances import annuler_seance, deplacer_seance, materialiser
from socle.dates import today
from tests.evenements.dates import dans, lundi, relu, serie
from tests.evenements.lecture import du_calendrier, evenements, ics, le_jour
from tests.factories import EvenementFactory, EvenementPageFactory, LieuFactory, agenda, proteger
from tests.harness.queries import assert_same_cost

pytestmark = pytest.mark.django_db
T = datetime.time
PARIS = ZoneInfo("Europe/Paris")
TOUT = "/fr/agenda/agenda.ics"


def page(evenement: Evenement, langue: str = "fr", **values: Any) -> Evenement:
    EvenementPageFactory(evenement=evenement, langue=langue, **values)
    return evenement


def lire(client: Client, url: str = TOUT, **query: str) -> Calendar:
    return ics(client.get(url, query))


def seul(evenement: Evenement) -> str:
    return f"/fr/agenda/evenement/{evenement.cle}.ics"


class TestOneEvent:
    def test_all_that_a_calendar_can_say(self, client: Client) -> None:
        lieu = LieuFactory(nom="Maison, des; usagers", adresse="1 rue de l’Exemple", complement="Salle 2")
        evenement = EvenementFactory(jour=lundi(), lieu=lieu, organisateurs=["ARS (exemple)"], genre="cafe")
        evenement.organisateurs.update(url="https://ars.exemple.org/")
        page(evenement, title="Café du partenariat", resume="Parler,\nensemble.", thematiques=["cadre"])
        calendar = lire(client, seul(evenement))
        [event] = evenements(calendar)
        assert event["UID"] == f"{evenement.cle}@localhost"
        assert event["DTSTART"].to_ical() == f"{lundi():%Y%m%d}T140000".encode()
        assert event["DTSTART"].params["TZID"] == "Europe/Paris"
        assert event.end == datetime.datetime.combine(lundi(), T(16), PARIS)
        assert event["DTSTAMP"].dt == event["LAST-MODIFIED"].dt
        assert (event["SEQUENCE"], event["STATUS"], event["SUMMARY"]) == (0, "CONFIRMED", "Café du partenariat")
        assert event["LOCATION"] == "Maison, des; usagers, 1 rue de l’Exemple, Salle 2, 93200 Saint-Denis"
        assert event["GEO"].to_ical() == "48.9356;2.3539"
        assert event["URL"] == "http://localhost/fr/agenda/cafe-du-partenariat/"
        assert event["DESCRIPTION"] == f"Parler,\nensemble.\n\n{event['URL']}"
        assert event.categories[0] == "Café du partenariat"
        assert len(event.categories) == 2
        assert (event["ORGANIZER"], event["ORGANIZER"].params["CN"]) == ("https://ars.exemple.org/", "ARS (exemple)")
        assert [str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")] == ["Europe/Paris"]
        assert (calendar["METHOD"], calendar["VERSION"], calendar["CALSCALE"]) == ("PUBLISH", "2.0", "GREGORIAN")
        assert "RRULE" not in event

    def test_whole_days_end_with_the_first_day_after(self, client: Client) -> None:
        evenement = page(EvenementFactory(jour=lundi(), jour_fin=dans(2), heure_debut=None, heure_fin=None))
        calendar = lire(client, seul(evenement))
        [event] = evenements(calendar)
        assert (event["DTSTART"].params["VALUE"], event.start, event.end) == ("DATE", lundi(), dans(3))
        assert not calendar.walk("VTIMEZONE")
        assert [bool(du_calendrier(calendar, dans(n))) for n in (-1, 0, 1, 2, 3)] == [False, True, True, True, False]

    def test_one_day_is_one_day(self, client: Client) -> None:
        evenement = EvenementFactory(seance=False, jour=lundi(), heure_debut=T(0), heure_fin=T(23, 59))
        materialiser(page(evenement))
        calendar = lire(client, seul(evenement))
        assert [bool(du_calendrier(calendar, dans(n))) for n in (-1, 0, 1)] == [False, True, False]

    def test_the_private_link_is_told_to_nobody(self, client: Client) -> None:
        evenement = page(EvenementFactory(jour=lundi(), en_ligne=True, acces_en_ligne="Code : 4321"))
        for url in (TOUT, seul(evenement), f"/fr/agenda/seance/{evenement.seances.get().pk}.ics", TOUT[:-3] + "atom"):
            content = client.get(url).content.decode()
            assert "visio" not in content
            assert "4321" not in content
        assert evenements(lire(client))[0]["LOCATION"] == "En ligne"

    def test_each_change_counts_and_the_identifier_stays(self, client: Client) -> None:
        evenement = page(EvenementFactory(jour=lundi()), title="Café")
        before = evenements(lire(client))[0]
        deplacer_seance(evenement.seances.get().pk, jour=dans(1), heure_debut=T(9), heure_fin=T(10))
        moved = evenements(lire(client))[0]
        reporter_evenement(evenement.pk, "Grève des transports")
        postponed = evenements(lire(client))[0]
        annuler_evenement(evenement.pk, "Plus de salle")
        cancelled = evenements(lire(client))[0]
        assert len({str(event["UID"]) for event in (before, moved, postponed, cancelled)}) == 1
        numbers = [int(event["SEQUENCE"]) for event in (before, moved, postponed, cancelled)]
        assert numbers == sorted(set(numbers))
        assert before["LAST-MODIFIED"].dt <= moved["LAST-MODIFIED"].dt <= cancelled["LAST-MODIFIED"].dt
        assert moved.start == datetime.datetime.combine(dans(1), T(9), PARIS)
        assert (postponed["STATUS"], postponed["SUMMARY"]) == ("CANCELLED", "Reporté : Café")
        assert (cancelled["STATUS"], cancelled["SUMMARY"]) == ("CANCELLED", "Annulé : Café")
        assert cancelled["DESCRIPTION"].startswith("Plus de salle\n\n")


class TestSeries:
    def test_18_o_clock_stays_18_o_clock(self, client: Client) -> None:
        evenement = page(serie("FREQ=WEEKLY;BYDAY=MO", heure_debut=T(18), heure_fin=T(20)))
        [event] = evenements(lire(client))
        assert event["RRULE"].to_ical() == b"FREQ=WEEKLY;BYDAY=MO"
        found = recurring_ical_events.of(lire(client)).between(lundi(), dans(500))
        assert len(found) > 60
        assert {(each.start.hour, each.end.hour) for each in found} == {(18, 20)}
        assert len({each.start.utcoffset() for each in found}) == 2
        starts = {each.start for each in found}
        assert {seance.debut for seance in evenement.seances.filter(jour__lt=dans(500))} == starts

    def test_dates_that_are_not_as_the_rule_says(self, client: Client) -> None:
        evenement = page(serie("FREQ=WEEKLY;BYDAY=MO;COUNT=6", dates_exclues=[dans(21)]), title="Café")
        annuler_seance(evenement.seances.get(jour=dans(7)).pk, "Salle fermée")
        deplacer_seance(evenement.seances.get(jour=dans(14)).pk, jour=dans(16), heure_debut=T(9), heure_fin=T(10))
        calendar = lire(client, seul(evenement))
        series, *others = evenements(calendar)
        assert {str(event["UID"]) for event in (series, *others)} == {f"{evenement.cle}@localhost"}
        assert [each["RECURRENCE-ID"].dt for each in others] == [
            datetime.datetime.combine(dans(n), T(14), PARIS) for n in (7, 14)
        ]
        assert [str(each["STATUS"]) for each in others] == ["CANCELLED", "CONFIRMED"]
        assert series["EXDATE"].dts[0].dt == datetime.datetime.combine(dans(21), T(14), PARIS)
        shown = [(le_jour(each.start), str(each["SUMMARY"])) for each in recurring_ical_events.of(calendar).all()]
        assert sorted(shown) == [
            (lundi(), "Café"), (dans(7), "Annulé : Café"), (dans(16), "Café"), (dans(28), "Café"), (dans(35), "Café")
        ]  # fmt: skip

    def test_a_date_that_no_rule_gives_any_more(self, client: Client) -> None:
        evenement = page(serie())
        kept = evenement.seances.get(jour=dans(21))
        annuler_seance(kept.pk)
        changed = relu(evenement)
        changed.recurrence = "FREQ=WEEKLY;BYDAY=MO;COUNT=2"
        enregistrer(changed)
        calendar = lire(client, seul(evenement))
        assert [str(event["UID"]).partition("@")[0] for event in evenements(calendar)] == [
            str(evenement.cle), f"{evenement.cle}-{dans(21):%Y%m%d}"
        ]  # fmt: skip
        assert len(list(recurring_ical_events.of(calendar).all())) == 3

    def test_a_filter_that_keeps_some_dates(self, client: Client) -> None:
        evenement, lieu = page(serie("FREQ=WEEKLY;BYDAY=MO")), LieuFactory(departement="75")
        for n in (14, 28):
            deplacer_seance(
                evenement.seances.get(jour=dans(n)).pk, jour=dans(n), heure_debut=T(14), heure_fin=T(16), lieu=lieu
            )
        here = recurring_ical_events.of(lire(client, departement="75")).between(lundi(), dans(700))
        assert [le_jour(each.start) for each in here] == [dans(14), dans(28)]
        elsewhere = recurring_ical_events.of(lire(client, departement="93", au=dans(42).isoformat()))
        assert [le_jour(each.start) for each in elsewhere.between(lundi(), dans(700))] == [
            lundi(), dans(7), dans(21), dans(35), dans(42)
        ]  # fmt: skip

    def test_a_night_keeps_its_hours_when_the_hour_changes(self, client: Client) -> None:
        evenement = page(
            serie("FREQ=WEEKLY;BYDAY=SA", jour=dans(5), jour_fin=dans(6), heure_debut=T(22), heure_fin=T(6))
        )
        found = recurring_ical_events.of(lire(client, seul(evenement))).between(lundi(), dans(500))
        assert {(each.start.hour, each.end.hour) for each in found} == {(22, 6)}

    def test_the_hour_that_comes_twice_or_never(self, client: Client) -> None:
        evenement = page(serie("FREQ=WEEKLY;BYDAY=SU", jour=dans(6), heure_debut=T(2, 30), heure_fin=T(4)))
        calendar = lire(client, seul(evenement))
        # Python says of an hour that comes twice that it equals no other zone's.
        shown = recurring_ical_events.of(calendar).between(lundi(), dans(500))
        found = {each.start.astimezone(datetime.UTC) for each in shown}
        assert found == {seance.debut for seance in evenement.seances.filter(jour__lt=dans(500))}

    def test_one_date_alone(self, client: Client) -> None:
        evenement = page(serie(), title="Café du partenariat")
        seance = evenement.seances.get(jour=dans(7))
        response = client.get(f"/fr/agenda/seance/{seance.pk}.ics")
        [event] = evenements(ics(response))
        assert event["UID"] == f"{evenement.cle}-{dans(7):%Y%m%d}@localhost"
        assert "RRULE" not in event
        assert event.start == seance.debut
        assert f'filename="cafe-du-partenariat-{dans(7)}.ics"' in response["Content-Disposition"]


class TestWholeAgenda:
    def test_what_it_holds(self, client: Client) -> None:
        page(EvenementFactory(dans=-20, nom="Récent"))
        page(EvenementFactory(dans=-200, nom="Ancien"))
        page(EvenementFactory(dans=0, nom="Aujourd’hui"))
        page(EvenementFactory(dans=300, nom="Lointain"))
        EvenementFactory(nom="Sans page")
        assert [str(event["SUMMARY"]) for event in evenements(lire(client))] == ["Récent", "Aujourd’hui", "Lointain"]
        passed = evenements(lire(client, periode="passes"))
        assert [str(event["SUMMARY"]) for event in passed] == ["Ancien", "Récent"]
        du = (today() - datetime.timedelta(days=300)).isoformat()
        assert len(evenements(lire(client, du=du))) == 4

    def test_what_is_not_public_is_in_no_feed(self, client: Client, admin_client: Client) -> None:
        page(EvenementFactory(nom="Public"))
        prive, brouillon = EvenementFactory(nom="Privé"), EvenementFactory(nom="Brouillon")
        proteger(EvenementPageFactory(evenement=prive))
        page(brouillon, live=False)
        for reader in (client, admin_client):
            for name in ("agenda.ics", "agenda.atom"):
                content = reader.get(f"/fr/agenda/{name}").content.decode()
                assert "Public" in content
                assert "Privé" not in content
                assert "Brouillon" not in content
            for hidden in (prive, brouillon):
                assert reader.get(seul(hidden)).status_code == 404
                assert reader.get(f"/fr/agenda/seance/{hidden.seances.get().pk}.ics").status_code == 404

    def test_a_private_agenda_has_no_feed(self, client: Client) -> None:
        page(EvenementFactory())
        proteger(agenda())
        assert client.get(TOUT).status_code == client.get("/fr/agenda/agenda.atom").status_code == 404

    def test_each_language_says_it_in_its_words(self, client: Client) -> None:
        evenement = page(EvenementFactory(jour=lundi()), title="Café")
        EvenementPageFactory(evenement=evenement, langue="ar", title="مقهى الشراكة", slug="cafe")
        [event] = evenements(lire(client, "/ar/agenda/agenda.ics"))
        assert (event["SUMMARY"], event["UID"]) == ("مقهى الشراكة", f"{evenement.cle}@localhost")
        assert event["URL"].startswith("http://localhost/ar/agenda/")
        agenda("en")
        assert evenements(lire(client, "/en/agenda/agenda.ics")) == []
        assert client.get(f"/en/agenda/evenement/{evenement.cle}.ics").status_code == 404

    @pytest.mark.parametrize("kept", [True, False])
    def test_the_same_file_until_something_changes(self, client: Client, settings: Any, kept: bool) -> None:
        settings.PAGE_CACHE = kept
        evenement = page(EvenementFactory(jour=lundi()))
        client.get("/fr/")  # the first page of a new site creates its settings
        first = client.get(TOUT)
        assert ("public" in first["Cache-Control"]) == kept
        assert first["Last-Modified"]
        assert client.get(TOUT, headers={"If-None-Match": first["ETag"]}).status_code == 304
        assert client.get(TOUT).content == first.content
        annuler_evenement(evenement.pk)
        changed = client.get(TOUT, headers={"If-None-Match": first["ETag"]})
        assert changed.status_code == 200
        assert changed["ETag"] != first["ETag"]

    def test_what_is_not_understood_is_named_and_ignored(self, client: Client) -> None:
        page(EvenementFactory())
        calendar = lire(client, genre="fete", du="hier", lieu="x")
        assert len(evenements(calendar)) == 1
        assert "fete" in calendar["X-WR-CALDESC"]
        assert "hier" in calendar["X-WR-CALDESC"]

    @pytest.mark.parametrize(
        "url",
        [
            "/fr/agenda/seance/0.ics",
            "/fr/agenda/seance/99999999999999999999.ics",
            "/fr/agenda/evenement/00000000-0000-0000-0000-000000000000.ics",
            "/fr/agenda/evenement/x.ics",
            "/fr/agenda/evenement/.ics",
        ],
    )
    def test_what_does_not_exist_is_not_found(self, client: Client, url: str) -> None:
        page(EvenementFactory())
        assert client.get(url).status_code == 404

    @pytest.mark.parametrize("name", ["agenda.ics", "agenda.atom"])
    def test_it_costs_the_same_for_one_and_for_ten(self, client: Client, name: str) -> None:
        def make(n: int) -> None:
            for _one in range(n):
                page(serie(organisateurs=["ARS", "FAS"], lieu=LieuFactory()), thematiques=["cadre"])

        assert_same_cost(make, lambda: client.get(f"/fr/agenda/{name}"))

    def test_reading_only(self, client: Client) -> None:
        page(EvenementFactory())
        assert client.post(TOUT).status_code == 405
        assert client.head(TOUT).status_code == 200
