"""The page of an event: facts, dates, what one can do, and what nobody is told."""

import datetime
from typing import Any

import pytest
from django.utils import timezone

from evenements.models import EvenementPage, Seance
from evenements.operations.inscriptions import confirmer
from evenements.operations.places_dites import passer_les_echeances, places_suivies
from socle import generation
from socle.dates import today
from tests.factories import (
    EvenementFactory,
    EvenementPageFactory,
    InscriptionFactory,
    LieuFactory,
    SeanceFactory,
    UtilisateurFactory,
    accueil,
    blocs,
)
from tests.harness.html import StrictClient
from tests.harness.queries import assert_same_cost, queries_of
from tests.socle.reading import links, one, soup, texts

pytestmark = pytest.mark.django_db


def page_of(page: dict[str, Any] | None = None, **facts: Any) -> EvenementPage:
    made: EvenementPage = EvenementPageFactory(evenement=EvenementFactory(**facts), **(page or {}))
    return made


def facts_of(response: Any) -> dict[str, str]:
    names, values = soup(response).select(".essentiel dt"), soup(response).select(".essentiel dd")
    return {
        name.get_text(" ", strip=True): value.get_text(" ", strip=True).replace("\u00a0", " ")
        for name, value in zip(names, values, strict=True)
    }


def later(days: int) -> datetime.date:
    return today() + datetime.timedelta(days=days)


class TestFacts:
    def test_when_where_who_and_how_much(self, client: StrictClient) -> None:
        place = LieuFactory(nom="Maison (exemple)", accessibilite=["ascenseur"], acces="Métro ligne 5.")
        page = page_of(
            {"publics": ["usagers"]},
            lieu=place,
            accessibilite=["lsf"],
            langues=["fr", "fsl"],
            organisateurs=["Collectif (exemple)"],
            animateurs=[("Camille Exemple", "usager"), ("Samir Démo", "professionnel")],
        )
        found = facts_of(client.get(page.get_url()))
        assert "de 14 h à 16 h" in found["Quand"]
        assert "Maison (exemple)" in found["Où"]
        assert "Métro ligne 5." in found["Où"]
        assert found["Prix"] == "Gratuit"
        assert found["Accessibilité"] == "Ascenseur Interprétation en langue des signes française (LSF)"
        assert found["Langues parlées"] == "français, langue des signes française"
        assert found["Organisé par"] == "Collectif (exemple)"
        assert "Samir Démo" in found["Animé en binôme par"]

    def test_one_side_alone_is_no_pair(self, client: StrictClient) -> None:
        page = page_of(animateurs=[("Camille Exemple", "usager")])
        assert "Animé par" in facts_of(client.get(page.get_url()))

    def test_the_place_leads_to_our_own_map(self, client: StrictClient) -> None:
        page = page_of()
        url = links(client.get(page.get_url()), ".essentiel a")["Voir sur la carte"]
        assert url == f"/fr/agenda/?vue=carte&lieu={page.evenement.lieu_id}"
        assert texts(client.get(url), ".lieu .lieu__nom") == [page.evenement.lieu.nom]

    def test_a_price_is_said_with_its_precision(self, client: StrictClient) -> None:
        page = page_of(gratuit=False, prix="12.50", precision_tarif="repas compris")
        assert facts_of(client.get(page.get_url()))["Prix"] == "12,50 € (repas compris)"


class TestPrivateAddress:
    @pytest.mark.parametrize("langue", ["fr", "fr-simple", "en", "ar"])
    def test_it_is_never_written_even_for_the_team(self, client: StrictClient, langue: str) -> None:
        event = EvenementFactory(en_ligne=True, acces_en_ligne="Code 4242-secret")
        page = EvenementPageFactory(evenement=event, langue=langue, slug="x")
        for user in (None, UtilisateurFactory(is_superuser=True)):
            if user:
                client.force_login(user)
            html = client.get(page.get_url()).content.decode()
            assert "salle-secrete" not in html
            assert "4242" not in html

    def test_it_is_when_the_event_says_so_and_nobody_registers(self, client: StrictClient) -> None:
        page = page_of(en_ligne=True, inscription="aucune", lien_public=True)
        assert "salle-secrete" in client.get(page.get_url()).content.decode()
        Seance.objects.update(statut="annulee")
        generation.increment()
        assert "salle-secrete" not in client.get(page.get_url()).content.decode()


class TestStates:
    def test_cancelled(self, client: StrictClient) -> None:
        page = page_of(statut="annule", motif_statut="La salle est fermée.")
        response = client.get(page.get_url())
        assert texts(response, ".evenement__bandeau strong") == ["Cette rencontre est annulée."]
        assert "La salle est fermée." in response.content.decode()
        assert soup(response).select(".evenement__quand s")
        assert not soup(response).select("#inscription")

    def test_postponed(self, client: StrictClient) -> None:
        response = client.get(page_of(statut="reporte").get_url())
        assert "reportée" in texts(response, ".evenement__bandeau strong")[0]
        assert texts(response, ".evenement__quand .etat") == ["Reporté, nouvelle date à venir"]

    def test_past_shows_what_is_left_of_it(self, client: StrictClient) -> None:
        page = page_of({"compte_rendu": "<p>Quarante personnes.</p>"}, dans=-3)
        response = client.get(page.get_url())
        assert "passée" in texts(response, ".evenement__bandeau strong")[0]
        assert "Quarante personnes." in one(response, "section[aria-labelledby=compte-rendu]").get_text()
        assert not soup(response).select("#inscription")

    def test_what_is_left_waits_for_the_date(self, client: StrictClient) -> None:
        page = page_of({"compte_rendu": "<p>Quarante personnes.</p>"})
        assert "Quarante" not in client.get(page.get_url()).content.decode()

    def test_another_site_registers(self, client: StrictClient) -> None:
        page = page_of(inscription="externe", inscription_url="https://inscription.exemple.org/")
        found = links(client.get(page.get_url()), "#inscription a")
        assert "https://inscription.exemple.org/" in found.values()

    def test_not_open_yet(self, client: StrictClient) -> None:
        page = page_of(inscriptions_ouvrent_le=timezone.now() + datetime.timedelta(days=2))
        (said,) = texts(client.get(page.get_url()), "#inscription .etat")
        assert said.startswith("Inscriptions à partir du")

    def test_an_event_without_a_date_still_answers(self, client: StrictClient) -> None:
        assert client.get(page_of(seance=False).get_url()).status_code == 200


class TestSeries:
    def test_dates_to_come_first_then_folded_ones(self, client: StrictClient) -> None:
        page = page_of(recurrence="FREQ=WEEKLY;BYDAY=MO", dates_exclues=[later(50), later(-50)])
        for weeks in range(1, 9):
            SeanceFactory(evenement=page.evenement, jour=later(10 + 7 * weeks))
        SeanceFactory(evenement=page.evenement, jour=later(-7))
        Seance.objects.filter(jour=later(17)).update(statut="annulee", motif="Jour férié.")
        response = client.get(page.get_url())
        assert len(response.context["dates_en_vue"]) == 6
        assert len(response.context["dates_suivantes"]) == 3
        assert "3 autres dates à venir" in response.content.decode()
        assert "1 date passée" in response.content.decode()
        assert len(texts(response, ".dates-exclues li")) == 1
        (struck,) = (each for each in soup(response).select(".date-serie") if each.select("s"))
        cancelled = struck.get_text(" ")
        assert "Annulé" in cancelled
        assert "Jour férié." in cancelled

    def test_the_next_date_is_one_that_is_held(self, client: StrictClient) -> None:
        page = page_of(recurrence="FREQ=WEEKLY;BYDAY=MO", dans=2)
        SeanceFactory(evenement=page.evenement, jour=later(9))
        Seance.objects.filter(jour=later(2)).update(statut="annulee")
        response = client.get(page.get_url())
        assert response.context["prochaine"].jour == later(9)

    def test_a_moved_date_says_from_which_day_and_to_which_place(self, client: StrictClient) -> None:
        page = page_of(recurrence="FREQ=WEEKLY;BYDAY=MO")
        other = LieuFactory(nom="Ailleurs")
        SeanceFactory(evenement=page.evenement, jour=later(20), jour_prevu=later(19), lieu=other, modifiee=True)
        text = one(client.get(page.get_url()), "section[aria-labelledby=dates]").get_text(" ")
        assert "Date déplacée" in text
        assert "Ailleurs" in text


class TestWhoSees:
    def test_drafts_and_private_pages_are_not_served(self, client: StrictClient) -> None:
        assert client.get(page_of({"brouillon": True, "slug": "a"}).get_url()).status_code == 404
        private = page_of({"protegee": "login", "slug": "b"})
        assert client.get(private.get_url()).status_code == 302
        client.force_login(UtilisateurFactory())
        assert client.get(private.get_url()).status_code == 200

    def test_who_registered_is_nowhere(self, client: StrictClient) -> None:
        page = page_of(capacite=3)
        InscriptionFactory(seance=page.evenement.seances.get(), nom="Personne Secrète")
        html = client.get(page.get_url()).content.decode()
        assert "Secrète" not in html
        assert "@exemple.test" not in html


class TestCost:
    def test_one_and_ten_dates_cost_the_same(self, client: StrictClient) -> None:
        page = page_of(
            {"publics": ["usagers"], "presentation": "<p>Un.</p>"},
            recurrence="FREQ=WEEKLY;BYDAY=MO",
            capacite=9,
            quotas={"usager": 1},
            organisateurs=["A"],
            animateurs=[("B", "usager")],
        )
        days = iter(range(11, 60))

        def make(number: int) -> None:
            for _ in range(number):
                InscriptionFactory(seance=SeanceFactory(evenement=page.evenement, jour=later(next(days))))

        assert_same_cost(make, lambda: client.get(page.get_url()))


class TestCards:
    def test_a_card_says_what_and_when(self, client: StrictClient) -> None:
        coming = page_of({"slug": "a"}, nom="Bientôt", dans=3, genre="atelier")
        SeanceFactory(evenement=coming.evenement, jour=later(2), statut="annulee")
        past = page_of({"slug": "b"}, nom="Hier", dans=-1)
        shown = EvenementPageFactory(
            slug="c", title="Autre", pages_liees=[blocs.pages(coming.pk, past.pk)], evenement=EvenementFactory(dans=9)
        )
        response = client.get(shown.get_url())
        assert texts(response, ".carte .carte__type") == ["Atelier", "Café du partenariat"]
        when = texts(response, ".carte .carte__meta li")
        assert str(later(3).day) in when[0]
        assert str(later(-1).day) in when[1]

    def test_the_home_page_tells_of_the_next_meetings(self, client: StrictClient) -> None:
        accueil()
        for number, facts in enumerate(({"dans": 9}, {"dans": 2}, {"dans": -2}, {"dans": 1, "statut": "annule"})):
            page_of({"slug": f"r{number}"}, nom=f"R{number}", **facts)
        page_of({"slug": "prive", "protegee": "login"}, nom="Privée", dans=1)
        response = client.get("/fr/")
        section = "section[aria-labelledby=rencontres]"
        assert texts(response, f"{section} .carte__titre") == ["R1", "R0"]
        assert links(response, f"{section} a")["Tout l’agenda"] == "/fr/agenda/"
        assert len(queries_of(lambda: client.get("/fr/"))) <= 15


class TestFreshness:
    """A page kept ready to send says the truth about seats without changing at each registration."""

    def number(self) -> int:
        generation.forget()
        return generation.current()

    def test_a_registration_that_changes_no_word_leaves_pages_as_they_are(self) -> None:
        date = EvenementFactory(capacite=50).seances.get()
        waiting = InscriptionFactory(seance=date, etat="a_confirmer")
        before = self.number()
        confirmer(waiting.pk)
        assert self.number() == before

    def test_the_last_seats_change_them(self) -> None:
        date = EvenementFactory(capacite=4).seances.get()
        waiting = InscriptionFactory(seance=date, etat="a_confirmer")
        before = self.number()
        confirmer(waiting.pk)
        assert self.number() > before

    def test_without_a_limit_nothing_is_asked(self) -> None:
        date = EvenementFactory().seances.get()

        def held() -> None:
            with places_suivies(date):
                pass

        assert queries_of(held) == []

    @pytest.mark.parametrize(
        "facts",
        [
            {"cloture_heures": 24 * 10 - 1},
            {"quotas_relaches_jours": 10},
            {"inscriptions_ouvrent_le": True},
        ],
    )
    def test_the_clock_alone_changes_them_once(self, facts: dict[str, Any]) -> None:
        generation.increment()
        now = timezone.now() + datetime.timedelta(minutes=10)
        start = now + datetime.timedelta(days=10)
        if "inscriptions_ouvrent_le" in facts:
            facts = {"inscriptions_ouvrent_le": now - datetime.timedelta(minutes=1)}
        if "cloture_heures" in facts:
            start -= datetime.timedelta(hours=1)
        event = EvenementFactory(**facts)
        Seance.objects.filter(evenement=event).update(
            debut=start - datetime.timedelta(minutes=1), fin=start + datetime.timedelta(hours=2)
        )
        before = self.number()
        assert passer_les_echeances(now) == 1
        assert self.number() > before

    def test_midnight_changes_them_and_a_quiet_minute_does_not(self) -> None:
        generation.increment()
        now = timezone.now()
        assert passer_les_echeances(now + datetime.timedelta(seconds=1)) in {0, 1}
        assert passer_les_echeances(now + datetime.timedelta(days=1)) == 1
        assert passer_les_echeances(now - datetime.timedelta(hours=1)) == 0
