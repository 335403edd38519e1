"""The agenda: what each view shows of the same filtered dates, to whom, and at what cost."""

import datetime
from itertools import count
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import QueryDict

from evenements.filtres import lire_filtres
from evenements.models import EvenementPage, Seance
from evenements.queries.agenda import chercher
from evenements.queries.filtres import Periode
from evenements.views import agenda as views
from socle.dates import today
from tests.factories import (
    EvenementFactory,
    EvenementPageFactory,
    InscriptionFactory,
    LieuFactory,
    SeanceFactory,
    UtilisateurFactory,
    agenda,
)
from tests.harness.html import StrictClient
from tests.harness.queries import assert_same_cost, queries_of
from tests.socle.reading import links, one, soup, texts

pytestmark = pytest.mark.django_db
AGENDA = "/fr/agenda/"


SLUGS = count(1)


def event(nom: str = "Rencontre", page: dict[str, Any] | None = None, **facts: Any) -> EvenementPage:
    words = {"slug": f"rencontre-{next(SLUGS)}", **(page or {})}
    made: EvenementPage = EvenementPageFactory(evenement=EvenementFactory(nom=nom, **facts), **words)
    return made


def shown(response: Any) -> list[str]:
    return texts(response, ".date .carte__titre")


def counts(response: Any) -> dict[str, dict[str, int]]:
    return {one.nom: {option.valeur: option.nombre for option in one.options} for one in response.context["facettes"]}


def day(days: int) -> str:
    return (today() + datetime.timedelta(days=days)).isoformat()


class TestList:
    def test_today_is_to_come_and_nothing_is_in_both_lists(self, client: StrictClient) -> None:
        for days in (-2, -1, 0, 1):
            event(str(days), dans=days)
        event("commencé", dans=-1, jour_fin=today())
        coming, past = client.get(AGENDA), client.get(f"{AGENDA}?periode=passes")
        assert shown(coming) == ["commencé", "0", "1"]
        assert shown(past) == ["-1", "-2"]

    def test_dates_stand_under_their_month_and_one_that_has_begun_under_this_one(self, client: StrictClient) -> None:
        event("long", dans=-40, jour_fin=today() + datetime.timedelta(days=1))
        event("loin", dans=70)
        months = texts(client.get(AGENDA), ".agenda-mois__nom")
        assert len(months) == 2
        assert str(today().year) in months[0]

    def test_an_item_says_what_when_where_and_how(self, client: StrictClient) -> None:
        place = LieuFactory(nom="Maison (exemple)", commune="Melun", departement="77", accessibilite=["plain_pied"])
        page = event("Café", lieu=place, genre="cafe", accessibilite=["lsf"], recurrence="FREQ=MONTHLY;BYDAY=1TU")
        response = client.get(AGENDA)
        text = one(response, ".date").get_text(" ", strip=True)
        for said in ("Café du partenariat", "Maison (exemple)", "Melun (77)", "de 14", "le premier mardi", "LSF"):
            assert said in text
        date = page.evenement.seances.get()
        assert one(response, ".date time")["datetime"].startswith(date.jour.isoformat())
        assert links(response, ".date a") == {"Café": page.get_url()}

    @pytest.mark.parametrize(
        ("facts", "taken", "said"),
        [
            ({"statut": "annule"}, 0, "Annulé"),
            ({"statut": "reporte"}, 0, "Reporté, nouvelle date à venir"),
            ({"capacite": 2}, 2, "Complet, liste d’attente"),
            ({"capacite": 2, "liste_attente": False}, 2, "Complet"),
            ({"capacite": 5}, 2, "Il reste 3 places"),
            ({"capacite": 5}, 4, "Il reste 1 place"),
            ({"capacite": 50}, 1, "Il reste des places"),
            ({"capacite": 45}, 41, "Dernières places"),
            ({"capacite": 3, "quotas": {"aidant": 1}, "dans": 40}, 2, "Dernières places, réservées : Proche aidant"),
            ({"inscriptions_fermees": True}, 0, "Inscriptions closes"),
            ({"inscription": "aucune"}, 0, "Entrée libre"),
        ],
    )
    def test_its_state_is_said_in_words(
        self, client: StrictClient, facts: dict[str, Any], taken: int, said: str
    ) -> None:
        date = event(**facts).evenement.seances.get()
        for _ in range(taken):
            InscriptionFactory(seance=date)
        assert texts(client.get(AGENDA), ".date .etat") == [said]

    def test_one_date_of_a_series_may_be_cancelled_alone(self, client: StrictClient) -> None:
        page = event("Café", recurrence="FREQ=WEEKLY;BYDAY=MO")
        SeanceFactory(evenement=page.evenement, jour=today() + datetime.timedelta(days=20), statut="annulee")
        response = client.get(AGENDA)
        assert shown(response) == ["Café", "Café"]
        assert texts(response, ".date--sans-lieu .etat") == ["Annulé"]

    def test_pages_of_a_list(self, client: StrictClient, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(views, "PAR_PAGE", 2)
        for days in range(5):
            event(str(days), dans=days)
        assert shown(client.get(f"{AGENDA}?page=2")) == ["2", "3"]
        beyond = client.get(f"{AGENDA}?page=9")
        assert shown(beyond) == ["4"]
        assert "Voici la dernière" in beyond.content.decode()

    def test_an_empty_answer_offers_the_other_period_and_to_clear_the_filters(self, client: StrictClient) -> None:
        event(dans=-3, genre="cafe")
        response = client.get(f"{AGENDA}?genre=cafe")
        assert "Retirez tous les filtres." in response.content.decode()
        other = next(
            url for text, url in links(response, ".agenda__ailleurs a").items() if "1 rencontre passée" in text
        )
        assert parse_qs(urlsplit(other).query) == {"genre": ["cafe"], "periode": ["passes"]}

    def test_filters_are_told_and_taken_away_one_by_one(self, client: StrictClient) -> None:
        place = LieuFactory(nom="Ici")
        event(lieu=place)
        response = client.get(f"{AGENDA}?genre=cafe&q=ren&lieu={place.pk}&du={day(0)}&departement=93")
        actives = {actif.libelle: actif.url_sans for actif in response.context["actifs"]}
        assert len(actives) == 5
        for url in actives.values():
            assert len(parse_qs(urlsplit(url).query)) == 4
        assert shown(response) == ["Rencontre"]

    def test_filtered_lists_are_not_for_search_engines(self, client: StrictClient) -> None:
        event()
        assert 'name="robots"' not in client.get(AGENDA).content.decode()
        for query in ("genre=cafe", "vue=mois", "periode=passes", "page=2", "n=importe"):
            assert 'content="noindex, follow"' in client.get(f"{AGENDA}?{query}").content.decode()


class TestCounts:
    def test_each_value_says_what_it_would_give_the_other_facets_kept(self, client: StrictClient) -> None:
        paris = LieuFactory(departement="75", accessibilite=["plain_pied"])
        event("a", {"publics": ["usagers"]}, genre="cafe", lieu=paris)
        event("b", {"publics": ["aidants"]}, genre="atelier", lieu=paris, accessibilite=["lsf"])
        event("c", genre="cafe", en_ligne=True)
        event("passé", genre="cafe", dans=-4)
        found = counts(client.get(f"{AGENDA}?genre=cafe"))
        assert found["genre"] == {"cafe": 2, "atelier": 1}
        assert found["departement"] == {"75": 1}
        assert found["en_ligne"] == {"1": 1}
        assert found["publics"] == {"usagers": 1}
        # One who needs two things needs both.
        assert counts(client.get(f"{AGENDA}?acces=plain_pied"))["acces"] == {"plain_pied": 2, "lsf": 1}

    @pytest.mark.parametrize(
        "query",
        [
            "",
            "genre=cafe",
            "genre=cafe&genre=atelier&departement=75",
            "acces=plain_pied&acces=lsf",
            "en_ligne=1",
            "themes=animation&publics=usagers",
            "q=renc",
            "q=absent",
            "periode=passes&genre=cafe",
            "du={0}&au={5}",
            "au={2}&periode=passes",
            "publics=aidants",
        ],
    )
    def test_sets_and_sql_find_the_same_dates(self, query: str) -> None:
        for number in range(24):
            words = {
                "publics": [["usagers"], ["aidants"], []][number % 3],
                "thematiques": ["animation"] if number % 2 else [],
                "brouillon": number == 7,
            }
            facts: dict[str, Any] = {"dans": number - 6, "genre": ["cafe", "atelier", "journee"][number % 3]}
            if number % 5 == 0:
                facts["en_ligne"] = True
            else:
                facts["lieu"] = LieuFactory(departement=["75", "93"][number % 2], accessibilite=["plain_pied"])
                facts["accessibilite"] = ["lsf"] if number % 4 else []
            event(f"Rencontre {number}", words, **facts)
        filtres, errors = lire_filtres(QueryDict(query.format(*map(day, range(-6, 18)))), "fr")
        assert errors == []
        by_sql = Seance.objects.visible_to(AnonymousUser(), "fr").filtrees(filtres)
        by_sets = chercher(filtres, AnonymousUser(), today())
        assert list(by_sets.de_la_periode()) == [date.pk for date in by_sql.de_la_periode(filtres.periode, today())]
        assert by_sets.nombre(Periode.PASSES) == by_sql.passees(today()).count()

    def test_counts_are_true_when_one_clicks(self, client: StrictClient) -> None:
        for genre in ("cafe", "cafe", "atelier"):
            event(genre=genre, accessibilite=["lsf"] if genre == "cafe" else [])
        response = client.get(AGENDA)
        for facette in response.context["facettes"]:
            for option in facette.options:
                assert client.get(f"{AGENDA}{option.url}").context["total"] == option.nombre


class TestWhoSees:
    def test_drafts_private_pages_and_other_languages_are_not_there(self, client: StrictClient) -> None:
        event("public")
        event("brouillon", {"brouillon": True})
        event("réservé", {"protegee": "login"})
        EvenementFactory(nom="sans page")
        assert shown(client.get(AGENDA)) == ["public"]
        agenda("en")
        assert shown(client.get("/en/agenda/")) == []
        client.force_login(UtilisateurFactory())
        response = client.get(AGENDA)
        assert shown(response) == ["public", "réservé"]
        assert response.context["periodes"][0].nombre == 2

    def test_a_private_event_is_in_no_view_and_no_count(self, client: StrictClient) -> None:
        event("secret", {"protegee": "login"}, genre="atelier")
        for vue in ("liste", "mois", "carte"):
            response = client.get(f"{AGENDA}?vue={vue}")
            assert "secret" not in response.content.decode()
            assert counts(response) == {}

    def test_the_private_address_is_nowhere(self, client: StrictClient) -> None:
        event(en_ligne=True, acces_en_ligne="Code 4242-secret")
        for query in ("", "vue=mois", "vue=carte", "q=visio"):
            html = client.get(f"{AGENDA}?{query}").content.decode()
            assert "salle-secrete" not in html
            assert "4242" not in html

    def test_a_change_of_fact_shows_at_once_in_every_language(self, client: StrictClient) -> None:
        page = event()
        EvenementPageFactory(evenement=page.evenement, langue="en", title="Meeting")
        client.get(AGENDA)
        page.evenement.statut = "annule"
        page.evenement.save()
        for url in (AGENDA, "/en/agenda/"):
            assert texts(client.get(url), ".date--sans-lieu .etat")


class TestLanguages:
    @pytest.mark.parametrize("langue", ["fr-simple", "en", "ar", "es", "pt"])
    def test_the_three_views_answer(self, client: StrictClient, langue: str) -> None:
        page = event()
        EvenementPageFactory(evenement=page.evenement, langue=langue, title="X", slug="x")
        for query in ("", "vue=mois", "vue=carte", "genre=fete"):
            response = client.get(f"/{langue}/agenda/?{query}")
            assert response.status_code == 200
            assert response.context["total"] == 1

    def test_easy_to_read_has_no_panel_of_filters(self, client: StrictClient) -> None:
        page = event()
        EvenementPageFactory(evenement=page.evenement, langue="fr-simple", title="Un café")
        response = client.get("/fr-simple/agenda/")
        assert shown(response) == ["Un café"]
        assert not soup(response).select(".filtres, .onglets")


class TestPlaces:
    def test_every_place_is_listed_with_its_next_date(self, client: StrictClient) -> None:
        place = LieuFactory(nom="Maison", adresse="1 rue X", departement="77", commune="Melun")
        later = event("plus tard", lieu=place, dans=9)
        event("bientôt", lieu=place, dans=2)
        event("en ligne", en_ligne=True)
        response = client.get(f"{AGENDA}?vue=carte")
        assert "Melun" in texts(response, ".lieux-departement__commune")
        text = one(response, ".lieu").get_text(" ", strip=True)
        assert text.startswith("Maison 1 rue X")
        assert "bientôt" in text
        assert later.title not in text
        assert "2 dates dans ce lieu" in text
        assert f"?lieu={place.pk}" in links(response, ".lieu a").values()
        assert "1 rencontre à suivre en ligne" in response.content.decode()


class TestCost:
    @pytest.mark.parametrize("query", ["", "vue=mois", "vue=carte", "periode=passes", "q=renc&genre=cafe&acces=lsf"])
    def test_one_and_ten_cost_the_same(self, client: StrictClient, query: str) -> None:
        agenda()

        def make(number: int) -> None:
            for _ in range(number):
                page = event(
                    page={"publics": ["usagers"], "thematiques": ["animation"]},
                    dans=-1 if "passes" in query else 0,
                    genre="cafe",
                    accessibilite=["lsf"],
                    capacite=5,
                    quotas={"usager": 1},
                )
                InscriptionFactory(seance=page.evenement.seances.get())

        assert_same_cost(make, lambda: client.get(f"{AGENDA}?{query}"))

    def test_once_the_content_is_known_a_filter_costs_little(self, client: StrictClient) -> None:
        event()
        cold = queries_of(lambda: client.get(f"{AGENDA}?genre=cafe"))
        assert len(cold) <= 15
