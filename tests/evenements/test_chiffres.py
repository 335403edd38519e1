"""The figures of the committee: true, told by quarter, and silent about persons."""

import csv
import datetime
from io import StringIO
from typing import Any
from urllib.parse import urlencode

import pytest
from django.urls import reverse

from evenements.models import Inscription, ReponseEnquete, Seance
from evenements.queries.chiffres import LISENT, Chiffres, Ligne, chiffres
from redaction.roles import ROLES, Role
from tests.factories import EvenementFactory, InscriptionFactory, SeanceFactory, UtilisateurFactory
from tests.harness.html import StrictClient
from tests.harness.queries import assert_same_cost
from tests.socle.reading import soup

pytestmark = pytest.mark.django_db

AN = 2025
TODAY = datetime.date(2026, 11, 30)
ADRESSE = "/admin/rapports/agenda/"
BINOME = [("Camille Exemple", "usager"), ("Samir Démo", "professionnel")]


def tenue(mois: int = 2, presents: dict[str, int] | None = None, /, **facts: Any) -> Seance:
    """Return a date held in that month, with so many persons ticked as present of each kind."""
    jour = facts.pop("jour", datetime.date(AN, mois, 10))
    date: Seance = EvenementFactory(jour=jour, **facts).seances.get()
    for genre, number in (presents or {}).items():
        InscriptionFactory.create_batch(number, seance=date, genre=genre, present=True)
    return date


def figures() -> Chiffres:
    return chiffres(AN, TODAY)


def line(lines: list[Ligne], titre: str) -> list[Any]:
    return next(each.rangees for each in lines if each.titre == titre)


class TestMeetings:
    def test_dates_are_counted_where_they_were_held(self) -> None:
        tenue(1, animateurs=BINOME)
        tenue(2, animateurs=BINOME[:1], mode="en_ligne", lieu=None)
        tenue(12, statut="annule")
        series = tenue(7, genre="atelier").evenement
        SeanceFactory(evenement=series, jour=datetime.date(AN, 8, 10))
        SeanceFactory(evenement=series, jour=datetime.date(AN, 9, 10), statut="annulee")
        tenue(jour=datetime.date(AN + 1, 1, 1))
        found = figures()
        assert line(found.rencontres, "Rencontres tenues") == [2, 0, 2, 0, 4]
        assert line(found.rencontres, "dont menées en binôme") == [1, 0, 0, 0, 1]
        assert line(found.rencontres, "part menée en binôme, en %") == [50, 0, 0, 0, 25]
        assert line(found.rencontres, "dont en ligne, en tout ou partie") == [1, 0, 0, 0, 1]
        assert line(found.rencontres, "Annulées") == [0, 0, 1, 1, 2]
        assert line(found.genres, "Atelier") == [0, 0, 2, 0, 2]

    def test_what_is_to_come_is_no_figure(self) -> None:
        EvenementFactory(jour=TODAY)
        assert line(chiffres(TODAY.year, TODAY).rencontres, "Rencontres tenues")[-1] == 0


class TestPeople:
    def test_those_who_came_by_kind_and_departement(self) -> None:
        date = tenue(2, {"usager": 8, "pro_sante": 6})
        InscriptionFactory.create_batch(5, seance=date, present=False)
        Inscription.objects.filter(genre="pro_sante").update(departement="")
        found = figures()
        assert found.participations.rangees == [14, 0, 0, 0, 14]
        assert line(found.par_participant, "Usager, patient") == [8, 0, 0, 0, 8]
        assert line(found.par_departement, "Seine-Saint-Denis (93)") == [8, 0, 0, 0, 8]
        assert line(found.par_departement, "Non dit") == [6, 0, 0, 0, 6]
        assert (found.sans_feuille, found.masquees) == (0, False)

    def test_without_a_sheet_those_who_had_a_seat(self) -> None:
        date = tenue()
        InscriptionFactory.create_batch(6, seance=date)
        InscriptionFactory.create_batch(7, seance=date, etat="en_attente")
        InscriptionFactory.create_batch(2, seance=date, etat="annulee")
        found = figures()
        assert (found.participations.rangees[0], found.sans_feuille) == (6, 1)

    def test_few_people_are_not_told_nor_found_by_difference(self) -> None:
        tenue(2, {"usager": 12, "pro_sante": 7, "aidant": 2})
        tenue(5, {"usager": 9, "pro_sante": 6, "aidant": 8})
        found = figures()
        assert line(found.par_participant, "Proche aidant")[0] is None
        for column in range(5):
            parts = [each.rangees[column] for each in found.par_participant] + [found.participations.rangees[column]]
            assert parts.count(None) != 1
        for each in (*found.par_participant, *found.par_departement, found.participations):
            assert each.rangees.count(None) != 1

    def test_figures_stay_when_people_become_anonymous(self) -> None:
        tenue(2, {"usager": 8, "pro_sante": 6})
        before = figures()
        Inscription.objects.update(nom="", courriel="", structure="", anonyme_le=TODAY)
        assert figures() == before


class TestSatisfaction:
    def test_means_of_at_least_five_answers(self) -> None:
        date = tenue(5)
        for mark in (4, 4, 3, 3, 4, 3):
            ReponseEnquete.objects.create(seance=date, satisfaction=mark, place=2)
        found = figures().satisfaction
        assert line(found, "Réponses") == [0, 6, 0, 0, 6]
        assert line(found, "Satisfaction, de 1 à 4") == ["", 3.5, "", "", 3.5]
        assert line(found, "J’ai pu prendre ma place, de 1 à 4") == ["", 2.0, "", "", 2.0]

    def test_few_answers_of_a_date_are_not_found_by_subtraction(self) -> None:
        dates = [tenue(5), tenue(6)]
        for date, number in zip(dates, (10, 3), strict=True):
            for _each in range(number):
                ReponseEnquete.objects.create(seance=date, satisfaction=4)
        assert line(figures().satisfaction, "Réponses") == [0, 10, 0, 0, 10]

    def test_four_answers_say_nothing(self) -> None:
        date = tenue(5)
        for _each in range(4):
            ReponseEnquete.objects.create(seance=date, satisfaction=4)
        assert line(figures().satisfaction, "Réponses") == [0, 0, 0, 0, 0]
        assert line(figures().satisfaction, "Satisfaction, de 1 à 4") == [""] * 5


class TestScreen:
    def test_tables_bars_and_file(self, admin_client: StrictClient) -> None:
        tenue(2, {"usager": 8, "aidant": 2})
        page = soup(admin_client.get(ADRESSE, {"annee": AN}))
        assert [each.get_text() for each in page.select("h1")] == [f"Chiffres de l’agenda : {AN}"]
        assert [each["id"] for each in page.select("section h2")] == [
            *("rencontres", "genres", "participants", "departements", "satisfaction"),
        ]
        assert "non dit" in page.select_one("#participants").find_parent("section").get_text()
        answer = admin_client.get(ADRESSE, {"annee": AN, "export": "csv"})
        rows = list(csv.reader(StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
        assert rows[0][2:] == [*(f"Trimestre {n} {AN}" for n in (1, 2, 3, 4)), f"Année {AN}"]
        told = {(row[0], row[1]): row[2:] for row in rows[1:]}
        assert told["Rencontres", "Rencontres tenues"] == ["1", "0", "0", "0", "1"]
        assert told["Participations, selon la place de chacun", "Proche aidant"][0] == "non dit"

    @pytest.mark.parametrize("query", [{"annee": "1789"}, {"annee": "x"}, {"annee": "9" * 400}])
    def test_a_year_that_does_not_exist_is_said(self, admin_client: StrictClient, query: dict[str, str]) -> None:
        answer = admin_client.get(f"{ADRESSE}?{urlencode(query)}")
        assert answer.status_code == 200
        assert "Il n’y a pas de rencontre cette année-là" in answer.content.decode()

    @pytest.mark.parametrize("role", ROLES, ids=lambda role: role.nom)
    def test_only_some_roles_read_them(self, role: Role) -> None:
        client = StrictClient()
        client.force_login(UtilisateurFactory(groupes=[role.nom]))
        home = client.get(reverse("wagtailadmin_home")).content.decode()
        assert (client.get(ADRESSE).status_code == 200) == (role in LISENT)
        assert (ADRESSE in home) == (role in LISENT)

    def test_a_visitor_is_asked_to_sign_in(self, client: StrictClient) -> None:
        assert client.get(ADRESSE)["Location"].startswith("/admin/login/")

    def test_the_same_cost_for_many(self, admin_client: StrictClient) -> None:
        def make(number: int) -> None:
            for month in range(1, number + 1):
                tenue(month, {"usager": month})

        assert_same_cost(make, lambda: admin_client.get(ADRESSE, {"annee": AN}), limit=19)
