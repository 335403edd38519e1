"""The links of the mails: opening one changes nothing, a button does, and nobody reads what is not theirs."""

import datetime
from typing import Any

import pytest
from django.core import mail, signing
from django.utils import timezone

from evenements import jetons
from evenements.jetons import CONFIRMER, GERER, GERER_APRES, jeton
from evenements.models import BesoinAcces, Inscription, Seance
from tests.evenements.formulaires import DEMANDE, LANGUES, Public, date, formulaire, lien, site_de_test
from tests.factories import InscriptionFactory, accueil
from tests.harness.html import StrictClient
from tests.harness.queries import queries_of
from tests.socle.reading import links, one, soup, texts

pytestmark = pytest.mark.django_db

SECRET = "https://visio.exemple.org/salle-secrete"


@pytest.fixture(autouse=True)
def site() -> None:
    site_de_test()


@pytest.fixture
def public(client: StrictClient, django_capture_on_commit_callbacks: Any) -> Public:
    return Public(client, django_capture_on_commit_callbacks)


def confirmer(inscription: Inscription, langue: str = "fr") -> str:
    return f"/{langue}/agenda/inscription/confirmer/{jeton(inscription, CONFIRMER)}/"


def gerer(inscription: Inscription, langue: str = "fr") -> str:
    return f"/{langue}/agenda/inscription/gerer/{jeton(inscription, GERER)}/"


def inscrite(etat: str = "confirmee", faits: dict[str, Any] | None = None, **values: Any) -> Inscription:
    return InscriptionFactory(seance=date(**(faits or {})), etat=etat, **values)


def etat(inscription: Inscription) -> str:
    return Inscription.objects.get(pk=inscription.pk).etat


def dit(response: Any) -> str:
    return " ".join(texts(response, "main"))


def boutons(response: Any) -> list[str]:
    return texts(response, "main form button")


class TestConfirming:
    @pytest.mark.parametrize("langue", LANGUES)
    def test_from_the_form_to_the_seat(self, public: Public, langue: str) -> None:
        accueil(langue)
        seance = date(langues=("fr",))
        public.post(formulaire(seance, langue), DEMANDE)
        url = lien(mail.outbox.pop())
        for _twice in range(2):  # programs that check mails follow links
            assert len(boutons(public.get(url))) == 1
            assert Inscription.objects.get().etat == "a_confirmer"
        assert public.post(url).url == url
        assert Inscription.objects.get().etat == "confirmee"
        (mine,) = [link for link in links(public.get(url), "main a").values() if "/gerer/" in link]
        assert public.get(mine).status_code == 200
        assert lien(mail.outbox.pop(), "gerer").startswith(f"/{langue}/agenda/inscription/gerer/")

    def test_a_seat_is_said(self, public: Public) -> None:
        url = confirmer(inscrite("a_confirmer"))
        public.post(url)
        assert "Vous avez une place" in dit(public.get(url))

    def test_the_waiting_list_is_said(self, public: Public) -> None:
        waiting = inscrite("a_confirmer", {"capacite": 1})
        InscriptionFactory(seance=waiting.seance)
        public.post(confirmer(waiting))
        assert "liste d’attente" in dit(public.get(confirmer(waiting)))
        assert etat(waiting) == "en_attente"

    def test_full_without_a_list_is_said(self, public: Public) -> None:
        late = inscrite("a_confirmer", {"capacite": 1, "liste_attente": False})
        InscriptionFactory(seance=late.seance)
        response = public.post(confirmer(late))
        assert response.status_code == 409
        assert "plus de place" in " ".join(texts(response, "[role=alert]"))
        assert etat(late) == "a_confirmer"

    def test_done_twice_it_says_the_same(self, public: Public) -> None:
        found = inscrite("a_confirmer")
        url = confirmer(found)
        answers = [(public.post(url).url, public.get(url).content) for _twice in range(2)]
        assert answers[0] == answers[1] or answers[0][0] == answers[1][0]
        assert len(mail.outbox) == 1

    @pytest.mark.parametrize("closed", ["annulee", "expiree"])
    def test_a_closed_registration_starts_again(self, public: Public, closed: str) -> None:
        found = inscrite(closed)
        response = public.get(confirmer(found))
        assert formulaire(found.seance) in links(response, "main a").values()
        assert not boutons(response)
        assert public.post(confirmer(found)).status_code == 409
        assert etat(found) == closed

    @pytest.mark.parametrize(
        ("faits", "said"),
        [
            ({"statut": "annule"}, "annulée"),
            ({"statut": "reporte"}, "reportée"),
            ({"inscriptions_fermees": True}, "closes"),
        ],
    )
    def test_what_can_no_longer_be_confirmed_is_said(self, public: Public, faits: dict[str, Any], said: str) -> None:
        found = inscrite("a_confirmer", faits)
        response = public.post(confirmer(found))
        assert response.status_code == 409
        assert said in " ".join(texts(response, "[role=alert]"))
        assert etat(found) == "a_confirmer"

    def test_a_link_ends_after_two_days_and_leads_to_the_form(
        self, public: Public, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        found = inscrite("a_confirmer")
        url = confirmer(found)
        monkeypatch.setattr(jetons, "A_CONFIRMER_SOUS", datetime.timedelta(seconds=-1))
        for response in (public.get(url), public.post(url)):
            assert response.status_code == 410
            assert links(response, "main a")["M’inscrire à nouveau"] == formulaire(found.seance)
        assert etat(found) == "a_confirmer"


class TestTokens:
    def spoilt(self, usage: str) -> list[str]:
        mine, other = inscrite(), InscriptionFactory(seance=Seance.objects.get())
        value, moment, signature = jeton(mine, usage).split(":")
        stolen = jeton(other, usage).partition(":")[0]
        return [
            "x",
            "é:é:é",
            "%00",
            "a" * 500,
            jeton(mine, usage)[:-1],
            f"{value}:{moment}:{signature[::-1]}",
            f"{stolen}:{moment}:{signature}",
            signing.dumps("texte", salt=usage),
            signing.dumps([1], salt=usage),
            signing.dumps(10**30, salt=usage),
            signing.dumps(-1, salt=usage),
            signing.dumps(mine.pk, salt="autre"),
        ]

    @pytest.mark.parametrize(("path", "usage"), [("confirmer", CONFIRMER), ("gerer", GERER)])
    def test_a_link_that_is_not_ours_tells_nothing(self, public: Public, path: str, usage: str) -> None:
        for value in self.spoilt(usage):
            url = f"/fr/agenda/inscription/{path}/{value}/"
            for response in (public.get(url), public.post(url, {"geste": "annuler"})):
                assert response.status_code in {404, 410}, value
                assert "Personne" not in response.content.decode()
                assert "Café" not in response.content.decode()
        assert {one.etat for one in Inscription.objects.all()} == {"confirmee"}

    def test_each_link_has_one_use(self, public: Public) -> None:
        found = inscrite()
        for path, usage in (("gerer", CONFIRMER), ("confirmer", GERER)):
            assert public.get(f"/fr/agenda/inscription/{path}/{jeton(found, usage)}/").status_code == 410

    def test_a_link_of_somebody_anonymous_opens_nothing(self, public: Public) -> None:
        found = inscrite()
        url = gerer(found)
        Inscription.objects.filter(pk=found.pk).update(
            anonyme_le=timezone.localdate(), nom="", courriel="", structure=""
        )
        assert public.get(url).status_code == public.post(url, {"geste": "annuler"}).status_code == 410

    def test_a_link_ends_some_time_after_the_date(self, public: Public) -> None:
        days = GERER_APRES.days
        assert public.get(gerer(inscrite(faits={"titre": "Un", "dans": 1 - days}))).status_code == 200
        assert public.get(gerer(inscrite(faits={"titre": "Deux", "dans": -days - 1}))).status_code == 410

    def test_pages_of_a_link_are_kept_nowhere_and_tell_no_other_site(self, public: Public, settings: Any) -> None:
        settings.PAGE_CACHE = True
        found = inscrite()
        for url in (gerer(found), confirmer(found), "/fr/agenda/inscription/gerer/x/"):
            response = public.get(url)
            assert response["Cache-Control"] == "private, no-store"
            assert response["Referrer-Policy"] == "no-referrer"
            assert response["X-Robots-Tag"] == "noindex, nofollow"
            assert one(response, "meta[name=robots]")["content"] == "noindex"
            assert not response.cookies

    def test_nothing_of_the_person_is_in_the_page(self, public: Public) -> None:
        found = inscrite(nom="Lou Exemple", structure="Association des exemples")
        for url in (gerer(found), confirmer(found)):
            body = public.get(url).content.decode()
            assert not [private for private in ("Lou", found.courriel, "Association") if private in body]

    def test_links_are_in_no_record(self, public: Public, caplog: pytest.LogCaptureFixture) -> None:
        found = inscrite()
        token = jeton(found, GERER)
        with caplog.at_level("DEBUG", logger="plateforme"):
            public.get(gerer(found))
            public.post(gerer(found), {"geste": "refuser"})
        records = [record for record in caplog.records if record.name.startswith("plateforme")]
        assert not [record for record in records if token in repr(record.__dict__)]


class TestManaging:
    @pytest.mark.parametrize(
        ("state", "said"),
        [
            ("confirmee", "Votre place est gardée."),
            ("en_attente", "sur la liste d’attente"),
            ("offre", "Répondez avant"),
            ("annulee", "n’êtes plus inscrit"),
            ("expiree", "Le temps pour répondre est passé."),
            ("a_confirmer", "pas encore confirmée"),
        ],
    )
    def test_where_one_stands_is_said(self, public: Public, state: str, said: str) -> None:
        assert said in dit(public.get(gerer(inscrite(state))))

    @pytest.mark.parametrize("langue", LANGUES)
    @pytest.mark.parametrize("state", ["confirmee", "en_attente", "offre", "annulee", "expiree", "a_confirmer"])
    def test_every_state_in_every_language(self, public: Public, state: str, langue: str) -> None:
        accueil(langue)
        assert public.get(gerer(inscrite(state), langue)).status_code == 200

    def test_the_online_link_is_for_those_who_have_a_seat(self, public: Public) -> None:
        for rank, state in enumerate(["en_attente", "offre", "annulee", "expiree", "a_confirmer"]):
            found = inscrite(state, {"titre": f"R{rank}", "en_ligne": True, "acces_en_ligne": "Code 1234"})
            for url in (gerer(found), confirmer(found)):
                body = public.get(url).content.decode()
                assert SECRET not in body
                assert "1234" not in body
        found = inscrite(faits={"titre": "Rc", "en_ligne": True, "acces_en_ligne": "Code 1234"})
        response = public.get(gerer(found))
        assert SECRET in links(response, "main a").values()
        assert "Code 1234" in dit(response)
        assert one(response, f'[href="{SECRET}"]')["rel"] == ["noreferrer"]
        assert SECRET not in public.get(confirmer(found)).content.decode()

    def test_the_date_goes_into_the_calendar_of_the_person(self, public: Public) -> None:
        found = inscrite()
        url = links(public.get(gerer(found)), "main a")["Ajouter à mon agenda"]
        assert public.get(url)["Content-Type"].startswith("text/calendar")

    def test_of_a_cancelled_date_no_link_is_given(self, public: Public) -> None:
        found = inscrite(faits={"en_ligne": True, "statut": "annule", "motif_statut": "Grève."})
        response = public.get(gerer(found))
        assert SECRET not in response.content.decode()
        assert "Grève." in dit(response)

    def test_cancelling_is_one_button_then_said(self, public: Public) -> None:
        found = inscrite()
        url = gerer(found)
        assert "Annuler mon inscription" in boutons(public.get(url))
        assert public.post(url, {"geste": "annuler"}).url == url
        assert etat(found) == "annulee"
        response = public.get(url)
        assert "n’êtes plus inscrit" in dit(response)
        assert links(response, "main a")["M’inscrire à nouveau"] == formulaire(found.seance)
        assert public.post(url, {"geste": "annuler"}).url == url  # done twice
        assert len(mail.outbox) == 1

    def test_a_seat_given_up_goes_to_who_waits(self, public: Public) -> None:
        found = inscrite(faits={"capacite": 1})
        waiting = InscriptionFactory(seance=found.seance, etat="en_attente")
        public.post(gerer(found), {"geste": "annuler"})
        assert etat(waiting) == "offre"

    @pytest.mark.parametrize(("geste", "after"), [("accepter", "confirmee"), ("refuser", "annulee")])
    def test_an_offer_is_taken_or_left(self, public: Public, geste: str, after: str) -> None:
        found = inscrite("offre")
        url = gerer(found)
        assert boutons(public.get(url))[:2] == ["Prendre la place", "Laisser la place"]
        for _twice in range(2):
            assert public.post(url, {"geste": geste}).url == url
        assert etat(found) == after

    def test_an_offer_that_lapsed_is_told(self, public: Public) -> None:
        past = timezone.now() - datetime.timedelta(minutes=1)
        found = inscrite("offre", offre_expire_le=past)
        shown = public.get(gerer(found))
        assert "Prendre la place" not in boutons(shown)
        assert "Le temps pour répondre est passé." in dit(shown)
        response = public.post(gerer(found), {"geste": "accepter"})
        assert response.status_code == 409
        assert "passé" in " ".join(texts(response, "[role=alert]"))

    @pytest.mark.parametrize("state", ["confirmee", "en_attente", "annulee", "a_confirmer"])
    def test_without_an_offer_there_is_nothing_to_take(self, public: Public, state: str) -> None:
        found = inscrite(state)
        assert "Prendre la place" not in boutons(public.get(gerer(found)))
        public.post(gerer(found), {"geste": "accepter"})
        assert etat(found) == state

    @pytest.mark.parametrize("geste", ["", "x", "confirmer", "a" * 300, "\x00"])
    def test_an_unknown_gesture_changes_nothing(self, public: Public, geste: str) -> None:
        found = inscrite()
        assert public.post(gerer(found), {"geste": geste}).status_code == 200
        assert etat(found) == "confirmee"

    def test_after_the_date_nothing_can_be_changed(self, public: Public) -> None:
        found = inscrite(faits={"dans": -2})
        response = public.get(gerer(found))
        assert "a déjà eu lieu" in dit(response)
        assert not boutons(response)
        assert public.post(gerer(found), {"geste": "annuler"}).status_code == 409
        assert etat(found) == "confirmee"

    def test_the_page_is_cheap(self, public: Public) -> None:
        found = inscrite(faits={"capacite": 30})
        BesoinAcces.objects.create(inscription=found, besoins=["lsf"])
        few = len(queries_of(lambda: public.get(gerer(found))))
        for _rank in range(10):
            InscriptionFactory(seance=found.seance)
        assert len(queries_of(lambda: public.get(gerer(found)))) == few <= 15


class TestNeeds:
    def send(self, public: Public, inscription: Inscription, **values: Any) -> Any:
        return public.post(gerer(inscription), {"geste": "besoins", **values})

    def test_needs_are_shown_and_changed(self, public: Public) -> None:
        found = inscrite()
        BesoinAcces.objects.create(inscription=found, besoins=["lsf"], texte="Une pause")
        shown = public.get(gerer(found))
        assert {box["value"] for box in soup(shown).select("[name=besoins][checked]")} == {"lsf"}
        response = self.send(public, found, besoins=["plain_pied", "piece_calme"], besoins_texte="")
        assert response.url.endswith("/?besoins=notes")
        assert "Vos besoins sont notés." in dit(public.get(response.url))
        need = BesoinAcces.objects.get()
        assert (set(need.besoins), need.texte) == ({"plain_pied", "piece_calme"}, "")

    def test_needs_can_be_taken_back(self, public: Public) -> None:
        found = inscrite()
        BesoinAcces.objects.create(inscription=found, besoins=["lsf"])
        self.send(public, found)
        assert not BesoinAcces.objects.exists()

    def test_travel_is_asked_for_later(self, public: Public) -> None:
        found = inscrite(faits={"accessibilite": ["transport_rembourse"]})
        for given, kept in (({"remboursement": "on"}, True), ({}, False)):
            self.send(public, found, **given)
            assert Inscription.objects.get().remboursement_demande == kept

    @pytest.mark.parametrize(
        ("values", "errors"),
        [
            ({"besoins": ["ailes"]}, {"besoins"}),
            ({"besoins_texte": "a" * 1001}, {"besoins_texte"}),
            ({"besoins_texte": "a\x00"}, {"besoins_texte"}),
        ],
    )
    def test_what_is_wrong_is_said_and_kept(self, public: Public, values: dict[str, Any], errors: set[str]) -> None:
        found = inscrite()
        response = self.send(public, found, **{"besoins": ["lsf"], "besoins_texte": "Une pause", **values})
        assert response.status_code == 422
        assert response.context["formulaire"].errors.keys() == errors
        if errors == {"besoins"}:
            assert one(response, "[name=besoins_texte]").get_text().strip() == "Une pause"
        assert not BesoinAcces.objects.exists()

    @pytest.mark.parametrize("state", ["annulee", "expiree"])
    def test_a_closed_registration_keeps_no_needs(self, public: Public, state: str) -> None:
        found = inscrite(state)
        assert self.send(public, found, besoins=["lsf"]).status_code == 409
        assert not BesoinAcces.objects.exists()

    def test_once_begun_it_is_too_late(self, public: Public) -> None:
        found = inscrite()
        now = timezone.now()
        Seance.objects.update(debut=now - datetime.timedelta(hours=1), fin=now + datetime.timedelta(hours=1))
        assert self.send(public, found, besoins=["lsf"]).status_code == 409
        assert not BesoinAcces.objects.exists()

    def test_a_robot_changes_nothing(self, public: Public) -> None:
        found = inscrite()
        assert self.send(public, found, besoins=["lsf"], site_web="x").status_code == 302
        assert not BesoinAcces.objects.exists()
