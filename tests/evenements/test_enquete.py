"""The survey: everyone is asked once, answers once, and nothing that is kept says who answered."""

import datetime
import re
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from wagtail.models import Site

from evenements.jetons import empreinte
from evenements.models import JetonEnquete, ReponseEnquete, Seance
from evenements.operations.enquetes import inviter, oublier_les_jetons, repondre
from evenements.queries.enquetes import CONSERVATION, FENETRE, commentaires, resultats
from evenements.views.enquete import REPONSES_PAR_HEURE
from socle.dates import today
from socle.models import CourrielASortir
from socle.sortie import sortir_ce_qui_attend
from tests.factories import EvenementFactory, EvenementPageFactory, InscriptionFactory, SeanceFactory, accueil
from tests.harness.html import StrictClient
from tests.harness.queries import queries_of
from tests.socle.reading import one, soup, texts

pytestmark = pytest.mark.django_db

LANGUES = ("fr", "fr-simple", "en", "ar", "es", "pt")
PARIS = ZoneInfo("Europe/Paris")
REPONSE = {"satisfaction": "4", "place": "3", "commentaire": "Garder le café.", "site_web": ""}


@pytest.fixture(autouse=True)
def site() -> None:
    accueil()
    site = Site.objects.get(is_default_site=True)
    site.hostname, site.port = "testserver", 80
    site.save()


def at(hour: int, days: int = 0) -> datetime.datetime:
    day = today() + datetime.timedelta(days=days)
    return datetime.datetime.combine(day, datetime.time(hour, 30), PARIS)


@pytest.fixture
def invite(django_capture_on_commit_callbacks: Any) -> Any:
    def run(now: datetime.datetime | None = None) -> int:
        with django_capture_on_commit_callbacks(execute=True):
            return inviter(now or at(10))

    return run


def hier(**values: Any) -> Seance:
    """Return a date that was held yesterday."""
    return EvenementFactory(dans=-1, **values).seances.get()


def link_of(message: Any) -> str:
    (found,) = re.findall(r"http://testserver(/\S+)", message.body)
    return str(found)


def jeton(seance: Seance, valeur: str = "abc") -> str:
    JetonEnquete.objects.create(seance=seance, empreinte=empreinte(valeur))
    return valeur


def repondent(seance: Seance, *notes: int, **values: Any) -> None:
    for note in notes:
        ReponseEnquete.objects.create(seance=seance, satisfaction=note, place=note, **values)


class TestInvitations:
    def test_those_who_had_a_seat_are_asked_once(self, invite: Any) -> None:
        seance = hier()
        there = InscriptionFactory(seance=seance)
        for etat in ("en_attente", "a_confirmer", "annulee", "expiree"):
            InscriptionFactory(seance=seance, etat=etat)
        assert (invite(), invite(), invite(at(10, days=1))) == (1, 0, 0)
        (sent,) = mail.outbox
        assert sent.to == [there.courriel]
        assert there.nom not in sent.body

    def test_with_a_ticked_sheet_those_who_were_there_are_asked(self, invite: Any) -> None:
        seance = hier()
        there = InscriptionFactory(seance=seance, present=True)
        InscriptionFactory(seance=seance, present=False)
        InscriptionFactory(seance=seance)
        InscriptionFactory(seance=seance, present=True, courriel="", source="sur_place")
        assert invite() == 1
        assert mail.outbox[0].to == [there.courriel]

    def test_only_dates_that_were_held_lately_are_asked_about(self, invite: Any) -> None:
        held = hier()
        InscriptionFactory(seance=held)
        for values in (
            {"dans": 0},
            {"dans": 3},
            {"dans": -FENETRE.days - 1},
            {"dans": -1, "statut": "annule"},
            {"dans": -1, "statut": "reporte"},
        ):
            InscriptionFactory(seance=EvenementFactory(**values).seances.get())
        cancelled = SeanceFactory(evenement=EvenementFactory(dans=-1, seance=False), statut="annulee")
        InscriptionFactory(seance=cancelled)
        assert invite() == 1
        assert set(JetonEnquete.objects.values_list("seance", flat=True)) == {held.pk}

    def test_nobody_is_written_to_at_night(self, invite: Any) -> None:
        InscriptionFactory(seance=hier())
        assert [invite(at(hour)) for hour in (0, 4, 8, 9)] == [0, 0, 0, 1]

    @pytest.mark.parametrize("langue", LANGUES)
    def test_the_mail_and_the_page_speak_the_language_of_the_person(
        self, client: StrictClient, invite: Any, langue: str
    ) -> None:
        accueil(langue)
        page = EvenementPageFactory(evenement=EvenementFactory(dans=-1), title="Le café de mars")
        InscriptionFactory(seance=page.evenement.seances.get(), langue=langue)
        invite()
        (sent,) = mail.outbox
        assert "Le café de mars" in sent.body
        assert "Le café de mars" not in sent.subject
        url = link_of(sent)
        assert url.startswith(f"/{langue}/agenda/enquete/")
        assert client.get(url).status_code == 200
        assert client.post(url, REPONSE).url == f"/{langue}/agenda/enquete/merci/"
        assert client.get(f"/{langue}/agenda/enquete/merci/").status_code == 200

    def test_a_team_name_is_not_told(self, invite: Any) -> None:
        InscriptionFactory(seance=hier(nom="Réunion pénible"))
        invite()
        assert "pénible" not in mail.outbox[0].body

    def test_nothing_to_do_costs_one_query(self, invite: Any) -> None:
        for _rank in range(3):
            InscriptionFactory(seance=hier())
        assert invite() == 3
        assert len(queries_of(lambda: inviter(at(10)))) == 1


class TestDetached:
    """What somebody who reads the whole database can tell."""

    def test_the_link_is_nowhere_once_the_mail_has_left(self, invite: Any) -> None:
        InscriptionFactory(seance=hier())
        invite()
        link = link_of(mail.outbox[0]).split("/")[-2]
        row = CourrielASortir.objects.filter(cle__startswith="enquete:").values().get()
        assert (row["corps"], row["destinataire"]) == ("", "")
        token = JetonEnquete.objects.values().get()
        assert token == {"empreinte": empreinte(link), "seance_id": token["seance_id"]}
        assert link not in repr(row) + repr(token)
        assert mail.outbox[0].to[0] not in repr(row)

    def test_the_text_of_a_mail_that_cannot_leave_is_erased_too(self, settings: Any) -> None:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 9, 1
        InscriptionFactory(seance=hier())
        inviter(at(10))
        for days in range(1, 30):
            sortir_ce_qui_attend(at(10, days))
        row = CourrielASortir.objects.get(cle__startswith="enquete:")
        assert row.abandonne_le is not None
        assert (row.corps, row.destinataire) == ("", "")

    def test_links_are_not_kept_in_the_order_of_people(self, invite: Any) -> None:
        seance = hier()
        for _rank in range(8):
            InscriptionFactory(seance=seance)
        invite()
        sent = [empreinte(link_of(message).split("/")[-2]) for message in mail.outbox]
        kept = [
            row.empreinte for row in JetonEnquete.objects.raw("SELECT * FROM evenements_jetonenquete ORDER BY ctid")
        ]
        assert kept == sorted(sent)

    def test_two_links_of_one_person_have_nothing_in_common(self, invite: Any) -> None:
        seance = hier()
        InscriptionFactory(seance=seance)
        invite()
        first = set(JetonEnquete.objects.values_list("empreinte", flat=True))
        JetonEnquete.objects.all().delete()
        CourrielASortir.objects.all().delete()
        invite()
        assert first.isdisjoint(JetonEnquete.objects.values_list("empreinte", flat=True))

    def test_an_answer_has_no_person_no_moment_and_no_order(self) -> None:
        names = {field.name for field in ReponseEnquete._meta.get_fields()}
        assert names == {"id", "seance", "satisfaction", "place", "commentaire"}
        seance = hier()
        for rank in range(3):
            assert repondre(jeton(seance, f"j{rank}"), satisfaction=4, place=None)
        versions = {answer.pk.version for answer in ReponseEnquete.objects.all()}
        assert versions == {4}  # drawn at random: no clock inside

    def test_the_link_disappears_with_the_answer_or_neither_happens(self) -> None:
        value = jeton(hier())
        with pytest.raises(IntegrityError), transaction.atomic():
            repondre(value, satisfaction=9, place=None)
        assert JetonEnquete.objects.count() == 1
        assert repondre(value, satisfaction=4, place=None)
        assert not JetonEnquete.objects.exists()
        assert not repondre(value, satisfaction=1, place=None)
        assert ReponseEnquete.objects.count() == 1


class TestPage:
    def url(self, seance: Seance | None = None) -> str:
        return f"/fr/agenda/enquete/{jeton(seance or hier())}/"

    def test_an_answer_is_kept_once(self, client: StrictClient) -> None:
        url = self.url()
        for _twice in range(2):  # programs that check mails follow links
            assert len(soup(client.get(url)).select("main [type=radio]")) == 8
        assert client.post(url, REPONSE).url == "/fr/agenda/enquete/merci/"
        answer = ReponseEnquete.objects.get()
        assert (answer.satisfaction, answer.place, answer.commentaire) == (4, 3, "Garder le café.")
        assert client.post(url, REPONSE).status_code == client.get(url).status_code == 410
        assert ReponseEnquete.objects.count() == 1

    @pytest.mark.parametrize("given", [{"satisfaction": "1"}, {"place": "2"}, {"commentaire": "Bien"}])
    def test_every_question_may_be_left_out_but_not_all(self, client: StrictClient, given: dict[str, str]) -> None:
        assert client.post(self.url(), given).status_code == 302
        assert ReponseEnquete.objects.count() == 1

    @pytest.mark.parametrize(
        ("given", "errors"),
        [
            ({}, {"__all__"}),
            ({"commentaire": "   "}, {"__all__"}),
            ({"satisfaction": "5"}, {"satisfaction"}),
            ({"satisfaction": "0"}, {"satisfaction"}),
            ({"satisfaction": "quatre", "place": "٣"}, {"satisfaction", "place"}),
            ({"commentaire": "a" * 2001}, {"commentaire"}),
            ({"commentaire": "a\x00b"}, {"commentaire"}),
        ],
    )
    def test_a_wrong_answer_is_said_and_kept(
        self, client: StrictClient, given: dict[str, str], errors: set[str]
    ) -> None:
        response = client.post(self.url(), {"place": "4", **given} if "__all__" not in errors else given)
        assert response.status_code == 422
        assert response.context["formulaire"].errors.keys() == errors
        assert soup(response).title.get_text(strip=True).startswith("Erreur")
        for link in one(response, "#erreurs").select("a"):
            assert one(response, f'[id="{link["href"][1:]}"]')
        if given.get("place", "4") == "4" and "__all__" not in errors:
            assert one(response, "[name=place][checked]")["value"] == "4"
        assert not ReponseEnquete.objects.exists()
        assert JetonEnquete.objects.count() == 1

    @pytest.mark.parametrize("value", ["x", "é", "a" * 500, "%00", "merci2", "..", "%ED%A0%80"])
    def test_a_spoilt_link_is_told_kindly(self, client: StrictClient, value: str) -> None:
        for response in (client.get(f"/fr/agenda/enquete/{value}/"), client.post(f"/fr/agenda/enquete/{value}/")):
            assert response.status_code in {404, 410}
        assert not ReponseEnquete.objects.exists()

    def test_a_robot_is_thanked_and_forgotten(self, client: StrictClient) -> None:
        assert client.post(self.url(), {**REPONSE, "site_web": "x"}).status_code == 302
        assert not ReponseEnquete.objects.exists()
        assert JetonEnquete.objects.count() == 1

    def test_too_many_from_one_place_wait(self, client: StrictClient) -> None:
        seance = hier()
        for rank in range(REPONSES_PAR_HEURE):
            client.post(f"/fr/agenda/enquete/{jeton(seance, f'j{rank}')}/", REPONSE)
        assert client.post(self.url(seance), REPONSE).status_code == 422
        assert ReponseEnquete.objects.count() == REPONSES_PAR_HEURE

    def test_the_page_is_kept_nowhere_and_tells_no_other_site(self, client: StrictClient) -> None:
        for response in (client.get(self.url()), client.get("/fr/agenda/enquete/x/")):
            assert response["Cache-Control"] == "private, no-store"
            assert response["Referrer-Policy"] == "no-referrer"
            assert response["X-Robots-Tag"] == "noindex, nofollow"
            assert one(response, "meta[name=robots]")["content"] == "noindex"
            assert not response.cookies

    def test_the_title_of_a_hidden_page_leads_nowhere(self, client: StrictClient) -> None:
        page = EvenementPageFactory(evenement=EvenementFactory(dans=-1), title="Entre nous", protegee="login")
        response = client.get(self.url(page.evenement.seances.get()))
        assert "Entre nous" in " ".join(texts(response, ".rappel"))
        assert not soup(response).select(".rappel a")

    def test_the_page_is_cheap(self, client: StrictClient) -> None:
        page = EvenementPageFactory(evenement=EvenementFactory(dans=-1))
        url = self.url(page.evenement.seances.get())
        assert len(queries_of(lambda: client.get(url))) <= 15


class TestForgetting:
    def test_links_that_nobody_used_go_after_sixty_days(self) -> None:
        kept, old = (EvenementFactory(dans=-days).seances.get() for days in (CONSERVATION.days, CONSERVATION.days + 1))
        jeton(kept, "gardé")
        jeton(old, "vieux")
        assert not repondre("vieux", satisfaction=4, place=4)
        assert oublier_les_jetons() == 1
        assert oublier_les_jetons() == 0
        assert repondre("gardé", satisfaction=4, place=4)


class TestResults:
    def test_fewer_than_five_answers_tell_nothing(self) -> None:
        seance = hier()
        repondent(seance, 4, 4, 4, 1, commentaire="Merci")
        assert resultats([seance]).reponses is None
        assert resultats([seance]).satisfaction is None
        assert commentaires(seance) == []
        repondent(seance, 4)
        found = resultats([seance])
        assert (found.reponses, found.satisfaction) == (5, 3.4)
        assert commentaires(seance) == ["Merci"] * 4

    def test_a_small_date_is_not_found_by_subtraction(self) -> None:
        big, small, other = hier(), hier(), hier()
        repondent(big, *[4] * 10)
        repondent(small, 1, 1, 1)
        assert resultats([big, small]) == resultats([big])
        repondent(other, 1, 1)
        assert resultats([big, small, other]).reponses == 15
        assert resultats([big, small]).reponses == 10

    def test_a_question_left_out_is_not_counted(self) -> None:
        seance = hier()
        repondent(seance, 4, 4, 4, 4)
        ReponseEnquete.objects.create(seance=seance, satisfaction=None, place=1)
        found = resultats([seance])
        assert (found.reponses, found.satisfaction, found.place) == (5, None, 3.4)

    def test_the_sum_costs_one_query(self) -> None:
        for _rank in range(3):
            repondent(hier(), 4, 3, 4, 3, 4)
        assert len(queries_of(lambda: resultats(Seance.objects.all()))) == 1
