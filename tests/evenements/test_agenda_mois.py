"""A month of the agenda: every day of it, and nothing of another."""

import datetime
from typing import Any

import pytest

from evenements.calendrier_mensuel import PAR_JOUR, dernier_jour, places_par_jour, semaines
from evenements.views import agenda as views
from tests.factories import EvenementFactory, EvenementPageFactory, agenda
from tests.harness.html import StrictClient
from tests.socle.reading import links, one, soup, texts

AGENDA = "/fr/agenda/?vue=mois"
TODAY = datetime.date(2028, 2, 10)


@pytest.fixture
def february(monkeypatch: pytest.MonkeyPatch, db: None) -> None:
    """It is 10 February 2028, a leap year."""
    monkeypatch.setattr(views, "today_in_paris", lambda: TODAY)


def event(nom: str, jour: datetime.date, jour_fin: datetime.date | None = None, **facts: Any) -> Any:
    facts = {"nom": nom, "jour": jour, "jour_fin": jour_fin or jour, **facts}
    return EvenementPageFactory(evenement=EvenementFactory(**facts))


def days_of(response: Any) -> dict[int, list[str]]:
    """The titles in the cell of each day that has some."""
    found: dict[int, list[str]] = {}
    for cell in soup(response).select("td.mois__plein"):
        links = (link.get_text(" ", strip=True) for link in cell.select("li a"))
        found[int(cell.select(".mois__numero")[0].get_text())] = [text.replace("\u00a0", " ") for text in links]
    return found


class TestWeeks:
    @pytest.mark.parametrize(
        ("month", "first", "last", "weeks"),
        [
            ((2028, 2), (2028, 1, 31), (2028, 3, 5), 5),
            ((2027, 2), (2027, 2, 1), (2027, 2, 28), 4),
            ((2026, 8), (2026, 7, 27), (2026, 9, 6), 6),
            ((2027, 1), (2026, 12, 28), (2027, 1, 31), 5),
        ],
    )
    def test_they_go_from_monday_to_sunday(
        self, month: tuple[int, int], first: tuple[int, int, int], last: tuple[int, int, int], weeks: int
    ) -> None:
        found = semaines(datetime.date(*month, 1), TODAY, {}, {})
        assert (found[0][0].jour, found[-1][-1].jour) == (datetime.date(*first), datetime.date(*last))
        assert len(found) == weeks
        inside = [day.jour for week in found for day in week if day.dans_le_mois]
        assert inside[-1] == dernier_jour(datetime.date(*month, 1))

    def test_a_date_of_several_days_is_on_each_of_those_of_the_month(self) -> None:
        month = datetime.date(2028, 2, 1)
        dates = [(0, (datetime.date(2028, 1, 30), datetime.date(2028, 2, 2)))]
        dates += [(1, (datetime.date(2028, 2, 28), datetime.date(2028, 3, 2)))]
        found = places_par_jour(dates, month)
        assert {day.day: places for day, places in found.items()} == {1: [0], 2: [0], 28: [1], 29: [1]}


@pytest.mark.usefixtures("february")
class TestMonth:
    def test_this_month_by_default_with_its_29th(self, client: StrictClient) -> None:
        event("Bissextile", datetime.date(2028, 2, 29))
        event("Mars", datetime.date(2028, 3, 1))
        response = client.get(AGENDA)
        assert days_of(response) == {29: ["14 h Bissextile"]}
        assert one(response, "#compte").get_text(" ", strip=True).endswith("1 rencontre")
        assert one(response, "td[aria-current=date] time")["datetime"] == "2028-02-10"

    def test_past_dates_of_the_month_are_there_too(self, client: StrictClient) -> None:
        event("Avant", datetime.date(2028, 2, 1))
        assert days_of(client.get(AGENDA)) == {1: ["14 h Avant"]}

    def test_each_day_says_what_is_of_it(self, client: StrictClient) -> None:
        event("Trois jours", datetime.date(2028, 2, 14), datetime.date(2028, 2, 16))
        assert days_of(client.get(AGENDA)) == {
            14: ["14 h Trois jours"],
            15: ["journée Trois jours"],
            16: ["jusqu’à 16 h Trois jours"],
        }

    def test_a_night_stays_on_its_days_across_the_change_of_hour(self, client: StrictClient) -> None:
        # In Paris the clocks go from 2:00 to 3:00 on 26 March 2028.
        event(
            "Nuit",
            datetime.date(2028, 3, 25),
            datetime.date(2028, 3, 26),
            heure_debut=datetime.time(22),
            heure_fin=datetime.time(4),
        )
        event("Lundi", datetime.date(2028, 3, 27), heure_debut=datetime.time(0), heure_fin=datetime.time(23, 59))
        assert days_of(client.get(f"{AGENDA}&mois=2028-03")) == {
            25: ["22 h Nuit"],
            26: ["jusqu’à 4 h Nuit"],
            27: ["journée Lundi"],
        }

    def test_cancelled_dates_are_struck_and_say_so(self, client: StrictClient) -> None:
        event("Annulé jour", datetime.date(2028, 2, 20), statut="annule")
        response = client.get(AGENDA)
        assert texts(response, "td s") == ["Annulé jour"]
        assert texts(response, ".mois__etat") == ["Annulé"]

    def test_a_full_day_leads_to_its_list(self, client: StrictClient) -> None:
        for number in range(PAR_JOUR + 2):
            event(f"N{number}", datetime.date(2028, 2, 20), genre="cafe")
        response = client.get(f"{AGENDA}&genre=cafe")
        assert len(days_of(response)[20]) == PAR_JOUR
        url = next(url for text, url in links(response, "td a").items() if "2 autres" in text)
        assert url == "?periode=a-venir&du=2028-02-20&au=2028-02-20&genre=cafe".replace("periode=a-venir&", "")

    def test_filters_hold_and_counts_are_those_of_the_month(self, client: StrictClient) -> None:
        event("Café", datetime.date(2028, 2, 20), genre="cafe")
        event("Atelier", datetime.date(2028, 2, 21), genre="atelier")
        event("Café de mars", datetime.date(2028, 3, 20), genre="cafe")
        response = client.get(f"{AGENDA}&genre=cafe")
        assert days_of(response) == {20: ["14 h Café"]}
        genre = next(facette for facette in response.context["facettes"] if facette.nom == "genre")
        assert {option.valeur: option.nombre for option in genre.options} == {"cafe": 1, "atelier": 1}
        assert response.context["mois_apres"].url == "?vue=mois&mois=2028-03&genre=cafe"

    @pytest.mark.parametrize(
        ("month", "before", "after"),
        [
            ("2028-02", None, "2028-03"),
            ("2028-03", "2028-02", "2028-04"),
            ("2029-08", "2029-07", None),
        ],
    )
    def test_one_goes_no_further_than_the_dates_that_are_made(
        self, client: StrictClient, month: str, before: str | None, after: str | None
    ) -> None:
        agenda()
        context = client.get(f"{AGENDA}&mois={month}").context
        for found, expected in ((context["mois_avant"], before), (context["mois_apres"], after)):
            assert (found is None) if expected is None else found.url.endswith(f"mois={expected}")

    @pytest.mark.parametrize("month", ["2028-01", "2029-09", "2000-01", "2199-12"])
    def test_a_month_out_of_the_agenda_is_told_and_this_one_is_shown(self, client: StrictClient, month: str) -> None:
        agenda()
        response = client.get(f"{AGENDA}&mois={month}")
        assert "L’agenda n’a rien en" in response.content.decode()
        assert response.context["mois"] == datetime.date(2028, 2, 1)

    def test_the_past_goes_back_to_the_first_date(self, client: StrictClient) -> None:
        event("Premier", datetime.date(2027, 11, 5))
        response = client.get(f"{AGENDA}&mois=2027-11")
        assert days_of(response) == {5: ["14 h Premier"]}
        assert response.context["mois_avant"] is None

    def test_the_table_names_its_days(self, client: StrictClient) -> None:
        agenda()
        response = client.get(AGENDA)
        assert texts(response, "thead .mois__jour-long")[0] == "lundi"
        assert "février 2028" in one(response, "caption").get_text()
        assert "mardi 29 février" in texts(response, ".mois__nom")
