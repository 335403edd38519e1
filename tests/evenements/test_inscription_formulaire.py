"""The form of a date: everyone may use it, it says why when it is closed, and to nobody who is registered."""

import datetime
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone
from wagtail.models import PageViewRestriction

from evenements.models import BesoinAcces, Inscription
from evenements.views.inscriptions import DEMANDES_PAR_HEURE
from socle.public_forms import TAILLE_MAX
from tests.evenements.formulaires import DEMANDE, LANGUES, PRIVE, Public, date, formulaire, lien, site_de_test
from tests.factories import EvenementFactory, InscriptionFactory, SeanceFactory, UtilisateurFactory, accueil
from tests.harness.html import StrictClient
from tests.harness.queries import queries_of
from tests.socle.reading import links, one, soup, texts

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def site() -> None:
    site_de_test()


@pytest.fixture
def public(client: StrictClient, django_capture_on_commit_callbacks: Any) -> Public:
    return Public(client, django_capture_on_commit_callbacks)


class TestSending:
    def test_a_demand_waits_for_its_address(self, public: Public) -> None:
        seance = date()
        response = public.post(formulaire(seance), DEMANDE)
        assert (response.status_code, response.url) == (302, f"{formulaire(seance)}merci/")
        found = Inscription.objects.get()
        assert (found.etat, found.seance, found.langue, found.source) == ("a_confirmer", seance, "fr", "site")
        assert {name: getattr(found, name) for name in ("nom", "courriel", "genre", "departement", "structure")} == {
            name: DEMANDE[name] for name in ("nom", "courriel", "genre", "departement", "structure")
        }
        assert (set(found.besoin.besoins), found.besoin.texte) == ({"lsf", "plain_pied"}, "Faire des pauses.")
        (sent,) = mail.outbox
        assert sent.to == ["lou@exemple.test"]
        for typed in PRIVE:  # the address may be that of somebody else
            assert typed not in sent.subject + sent.body

    def test_only_what_is_used_is_asked_for(self, public: Public) -> None:
        required = {"nom": "Lou", "courriel": "lou@exemple.test", "genre": "autre", "consentement": "on"}
        assert public.post(formulaire(date()), required).status_code == 302
        found = Inscription.objects.get()
        assert (found.departement, found.structure, found.remboursement_demande) == ("", "", False)
        assert not BesoinAcces.objects.exists()

    @pytest.mark.parametrize("langue", LANGUES)
    def test_every_language_has_its_form_and_its_mail(self, public: Public, langue: str) -> None:
        accueil(langue)
        seance = date(langues=("fr",))
        url = formulaire(seance, langue)
        shown = one(public.get(url), ".rappel__titre")
        assert shown.get_text(strip=True) == "Café du partenariat"
        assert shown.get("lang") == (None if langue == "fr" else "fr")
        assert public.post(url, DEMANDE).url == f"{url}merci/"
        assert public.get(f"{url}merci/").status_code == 200
        assert Inscription.objects.get().langue == langue
        assert lien(mail.outbox[0]).startswith(f"/{langue}/agenda/inscription/confirmer/")

    def test_the_title_is_that_of_the_language(self, public: Public) -> None:
        accueil("en")
        seance = date("Café", ("fr", "en"))
        assert texts(public.get(formulaire(seance, "en")), ".rappel__titre a") == ["Café"]
        assert one(public.get(formulaire(seance, "en")), ".rappel a")["href"].startswith("/en/agenda/")

    def test_when_and_where_are_reminded(self, public: Public) -> None:
        seance = date()
        reminded = " ".join(texts(public.get(formulaire(seance)), ".rappel"))
        assert "de 14 h à 16 h" in reminded
        assert seance.lieu.nom in reminded
        assert "93200 Saint-Denis" in reminded

    def test_an_online_meeting_tells_no_link(self, public: Public) -> None:
        seance = date(en_ligne=True, acces_en_ligne="Code 1234")
        for response in (public.get(formulaire(seance)), public.get(f"{formulaire(seance)}merci/")):
            assert "En ligne" in " ".join(texts(response, ".rappel"))
            assert "visio.exemple" not in response.content.decode()
            assert "1234" not in response.content.decode()


class TestNeeds:
    def choices(self, response: Any) -> set[str]:
        return {box["value"] for box in soup(response).select("[name=besoins]")}

    def test_needs_are_those_of_persons_who_come(self, public: Public) -> None:
        found = self.choices(public.get(formulaire(date())))
        assert {"plain_pied", "lsf", "garde_enfants"} <= found
        assert "transport_rembourse" not in found

    def test_in_front_of_a_screen_nobody_needs_a_lift(self, public: Public) -> None:
        found = self.choices(public.get(formulaire(date(en_ligne=True))))
        assert found == {"lsf", "transcription", "documents_falc", "gros_caracteres"}

    def test_who_reads_them_and_for_how_long_is_said(self, public: Public) -> None:
        section = one(public.get(formulaire(date())), "[aria-labelledby=partie-besoins]").get_text()
        assert "Seules les personnes qui organisent la rencontre lisent vos besoins." in section
        assert "30 jours" in section

    @pytest.mark.parametrize(
        ("faits", "asked"),
        [
            ({}, False),
            ({"accessibilite": ["transport_rembourse"]}, True),
            ({"accessibilite": ["transport_rembourse"], "en_ligne": True}, False),
        ],
    )
    def test_travel_is_paid_back_where_the_event_offers_it(
        self, public: Public, faits: dict[str, Any], asked: bool
    ) -> None:
        seance = date(**faits)
        assert bool(soup(public.get(formulaire(seance))).select("[name=remboursement]")) == asked
        public.post(formulaire(seance), {**DEMANDE, "besoins": [], "remboursement": "on"})
        assert Inscription.objects.get().remboursement_demande == asked


class TestNobodyLearnsWhoIsRegistered:
    @pytest.mark.parametrize("etat", [None, "a_confirmer", "confirmee", "en_attente", "offre", "annulee", "expiree"])
    def test_the_answer_is_the_same(self, public: Public, etat: str | None) -> None:
        seance = date()
        if etat:
            InscriptionFactory(seance=seance, courriel=DEMANDE["courriel"], etat=etat)
        response = public.post(formulaire(seance), {**DEMANDE, "courriel": "LOU@exemple.test"})
        assert (response.status_code, response.url) == (302, f"{formulaire(seance)}merci/")
        assert not response.cookies
        assert len(mail.outbox) == 1
        assert Inscription.objects.ouvertes().count() == 1

    def test_a_stranger_changes_nothing_of_a_registration(self, public: Public) -> None:
        seance = date()
        known = InscriptionFactory(seance=seance, courriel=DEMANDE["courriel"], nom="Camille Exemple")
        public.post(formulaire(seance), DEMANDE)
        known.refresh_from_db()
        assert (known.nom, known.etat) == ("Camille Exemple", "confirmee")
        assert not BesoinAcces.objects.exists()

    def test_the_pages_are_the_same_whoever_is_registered(self, public: Public) -> None:
        seance = date()
        before = [public.get(url).content for url in (formulaire(seance), f"{formulaire(seance)}merci/")]
        InscriptionFactory(seance=seance)
        after = [public.get(url).content for url in (formulaire(seance), f"{formulaire(seance)}merci/")]
        assert before == after

    def test_one_address_is_not_written_to_again_and_again(self, public: Public) -> None:
        seance = date()
        answers = {public.post(formulaire(seance), DEMANDE).url for _again in range(6)}
        assert answers == {f"{formulaire(seance)}merci/"}
        assert len(mail.outbox) == 3
        assert Inscription.objects.count() == 1


class TestRefused:
    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("nom", ""),
            ("nom", "   "),
            ("nom", "a" * 121),
            ("nom", "a\x00b"),
            ("courriel", ""),
            ("courriel", "pas-une-adresse"),
            ("courriel", "a@exemple.test\nBcc: b@exemple.test"),
            ("courriel", f"{'a' * 250}@exemple.test"),
            ("genre", ""),
            ("genre", "roi"),
            ("departement", "13"),
            ("structure", "a" * 161),
            ("structure", "a\x00b"),
            ("besoins", ["ailes"]),
            ("besoins", ["lsf", "transport_rembourse"]),
            ("besoins_texte", "a" * 1001),
            ("besoins_texte", "a\x00b"),
            ("consentement", ""),
        ],
    )
    def test_an_error_keeps_what_was_typed_and_stores_nothing(self, public: Public, field: str, value: Any) -> None:
        response = public.post(formulaire(date()), {**DEMANDE, field: value})
        assert response.status_code == 422
        assert response.context["formulaire"].errors.keys() == {field}
        assert not Inscription.objects.exists()
        assert mail.outbox == []
        assert soup(response).title.get_text(strip=True).startswith("Erreur")
        form = one(response, "form.formulaire")
        for name in {"nom", "courriel", "structure"} - {field}:
            assert form.select_one(f"[name={name}]")["value"] == DEMANDE[name]
        if field != "genre":
            assert form.select_one("[name=genre][checked]")["value"] == "usager"
        if field != "besoins":
            assert {box["value"] for box in form.select("[name=besoins][checked]")} == set(DEMANDE["besoins"])
        if field != "besoins_texte":
            assert form.select_one("[name=besoins_texte]").get_text().strip() == DEMANDE["besoins_texte"]
        if field != "departement":
            assert form.select_one("[name=departement] [selected]")["value"] == "93"

    def test_each_error_leads_to_its_field(self, public: Public) -> None:
        response = public.post(formulaire(date()), {"courriel": "x", "besoins": "ailes"})
        summary = one(response, "#erreurs")
        assert len(summary.select("li")) == len(response.context["formulaire"].errors) == 5
        for link in summary.select("a"):
            field = one(response, f'[id="{link["href"][1:]}"]')
            assert field.name == "div" or field["aria-invalid"] == "true"

    def test_a_robot_is_thanked_and_forgotten(self, public: Public) -> None:
        seance = date()
        assert public.post(formulaire(seance), {**DEMANDE, "site_web": "x"}).url == f"{formulaire(seance)}merci/"
        assert not Inscription.objects.exists()
        assert mail.outbox == []

    def test_too_many_from_one_place_are_refused_for_an_hour(self, public: Public) -> None:
        seance = date()
        for rank in range(DEMANDES_PAR_HEURE):
            assert (
                public.post(formulaire(seance), {**DEMANDE, "courriel": f"lou{rank}@exemple.test"}).status_code == 302
            )
        response = public.post(formulaire(seance), DEMANDE)
        assert response.status_code == 422
        assert one(response, "[name=courriel]")["value"] == DEMANDE["courriel"]
        assert Inscription.objects.count() == DEMANDES_PAR_HEURE

    def test_what_is_too_big_is_not_read(self, public: Public) -> None:
        assert public.post(formulaire(date()), {**DEMANDE, "besoins_texte": "é" * TAILLE_MAX}).status_code == 413
        assert not Inscription.objects.exists()

    def test_markup_stays_text(self, public: Public) -> None:
        response = public.post(formulaire(date()), {**DEMANDE, "nom": "<img src=x>", "genre": ""})
        assert not soup(response).select("main img")
        assert one(response, "[name=nom]")["value"] == "<img src=x>"


DEMAIN = datetime.timedelta(days=1)


class TestStates:
    @pytest.mark.parametrize(
        ("faits", "said"),
        [
            ({"statut": "annule", "motif_statut": "La salle est inondée."}, "annulée"),
            ({"statut": "annule", "motif_statut": "La salle est inondée."}, "La salle est inondée."),
            ({"statut": "reporte"}, "reportée"),
            ({"dans": -1}, "a déjà eu lieu"),
            ({"inscriptions_fermees": True}, "closes"),
            ({"cloture_heures": 24 * 30}, "closes"),
            ({"inscription": "aucune"}, "libre"),
            ({"inscription": "externe", "inscription_url": "https://exemple.org/ici"}, "autre site"),
        ],
    )
    def test_a_closed_form_says_why_and_takes_nothing(self, public: Public, faits: dict[str, Any], said: str) -> None:
        seance = date(**faits)
        shown = public.get(formulaire(seance))
        assert shown.status_code == 200
        assert said in " ".join(texts(shown, "main .message"))
        assert not soup(shown).select("main form")
        sent = public.post(formulaire(seance), DEMANDE)
        assert sent.status_code == 409
        assert said in " ".join(texts(sent, "main .message"))
        assert not Inscription.objects.exists()

    def test_the_way_to_another_site_is_given(self, public: Public) -> None:
        seance = date(inscription="externe", inscription_url="https://exemple.org/ici")
        assert "https://exemple.org/ici" in links(public.get(formulaire(seance)), "main a").values()

    def test_before_they_open_the_day_is_told(self, public: Public) -> None:
        opening = datetime.datetime(2031, 6, 3, 7, 30, tzinfo=datetime.UTC)
        seance = date(inscriptions_ouvrent_le=opening)
        assert "mardi 3 juin 2031, à 9 h 30" in " ".join(texts(public.get(formulaire(seance)), ".message"))
        assert public.post(formulaire(seance), DEMANDE).status_code == 409

    def test_a_cancelled_date_of_a_series_says_so(self, public: Public) -> None:
        seance = date()
        other = SeanceFactory(
            evenement=seance.evenement, jour=seance.jour + DEMAIN, statut="annulee", motif="Jour férié."
        )
        assert "Jour férié." in " ".join(texts(public.get(formulaire(other)), ".message"))
        assert public.get(formulaire(seance)).context["etat"] == "ouvertes"

    def test_one_that_has_begun_is_closed(self, public: Public) -> None:
        seance = date()
        now = timezone.now()
        type(seance).objects.filter(pk=seance.pk).update(debut=now - datetime.timedelta(hours=1), fin=now + DEMAIN)
        assert "déjà commencé" in " ".join(texts(public.get(formulaire(seance)), ".message"))

    def test_when_full_the_list_is_explained_before_sending(self, public: Public) -> None:
        seance = date(capacite=1, offre_heures=36)
        InscriptionFactory(seance=seance)
        shown = public.get(formulaire(seance))
        said = " ".join(texts(shown, ".message--warning"))
        assert "liste d’attente" in said
        assert "36 heures" in said
        assert texts(shown, "main form .bouton") == ["M’inscrire sur la liste d’attente"]
        assert public.post(formulaire(seance), DEMANDE).status_code == 302

    def test_when_full_without_a_list_nothing_can_be_sent(self, public: Public) -> None:
        seance = date(capacite=1, liste_attente=False)
        InscriptionFactory(seance=seance)
        assert "plus de place" in " ".join(texts(public.get(formulaire(seance)), ".message"))
        assert public.post(formulaire(seance), DEMANDE).status_code == 409

    def test_seats_kept_for_others_are_told(self, public: Public) -> None:
        seance = date(capacite=2, quotas={"usager": 1}, quotas_relaches_jours=None)
        assert not soup(public.get(formulaire(seance))).select(".message")
        InscriptionFactory(seance=seance, genre="pro_sante")
        assert texts(public.get(formulaire(seance)), ".message li") == ["Usager, patient"]

    def test_without_a_list_a_kind_that_has_no_seat_is_refused_in_the_page(self, public: Public) -> None:
        seance = date(capacite=1, quotas={"usager": 1}, quotas_relaches_jours=None, liste_attente=False)
        response = public.post(formulaire(seance), {**DEMANDE, "genre": "pro_sante"})
        assert response.status_code == 422
        assert "réservées" in " ".join(texts(response, "#erreurs"))
        assert one(response, "[name=nom]")["value"] == DEMANDE["nom"]
        assert public.post(formulaire(seance), DEMANDE).status_code == 302


class TestWhoMaySee:
    @pytest.mark.parametrize("number", ["0", "999999", "9" * 30])
    def test_an_unknown_date_is_not_found(self, public: Public, number: str) -> None:
        for path in (f"/fr/agenda/inscription/{number}/", f"/fr/agenda/inscription/{number}/merci/"):
            assert public.get(path).status_code == 404
            assert public.post(path, DEMANDE).status_code == 404

    @pytest.mark.parametrize("number", ["x", "-1", "1.5", "٣", "%00"])
    def test_what_is_not_a_number_is_not_found(self, public: Public, number: str) -> None:
        assert public.get(f"/fr/agenda/inscription/{number}/").status_code == 404

    @pytest.mark.parametrize("page", [{"brouillon": True}, {"protegee": "login"}, {"protegee": "password"}, None])
    def test_an_event_that_nobody_may_read_is_as_one_that_does_not_exist(
        self, public: Public, page: dict[str, Any] | None
    ) -> None:
        seance = date("Très secret", page=page) if page else EvenementFactory().seances.get()
        for path in (formulaire(seance), f"{formulaire(seance)}merci/"):
            response = public.get(path)
            assert response.status_code == 404
            assert "secret" not in response.content.decode()
        assert public.post(formulaire(seance), DEMANDE).status_code == 404
        assert not Inscription.objects.exists()

    def test_a_member_registers_for_an_event_of_members(self, public: Public) -> None:
        seance = date(page={"protegee": "login"})
        public.client.force_login(UtilisateurFactory())
        assert public.get(formulaire(seance)).status_code == 200
        assert public.post(formulaire(seance), DEMANDE).status_code == 302

    def test_whoever_gave_the_password_of_a_page_registers(self, public: Public) -> None:
        seance = date(page={"protegee": "password"})
        restriction = PageViewRestriction.objects.get()
        session = public.client.session
        session[restriction.passed_view_restrictions_session_key] = [restriction.pk]
        session.save()
        public.client.cookies["sessionid"] = session.session_key
        assert public.get(formulaire(seance)).status_code == 200

    def test_nothing_is_kept_by_a_cache_nor_by_search_engines(self, public: Public, settings: Any) -> None:
        settings.PAGE_CACHE = True
        seance = date()
        for url in (formulaire(seance), f"{formulaire(seance)}merci/", formulaire(date("Annulé", statut="annule"))):
            response = public.get(url)
            assert response["Cache-Control"] == "private, no-store"
            assert one(response, "meta[name=robots]")["content"] == "noindex"
            assert not response.cookies

    @pytest.mark.parametrize("faits", [{}, {"capacite": 300, "quotas": {"usager": 1}}, {"statut": "annule"}])
    def test_the_form_is_cheap_whatever_the_number_of_people(self, public: Public, faits: dict[str, Any]) -> None:
        seance = date(**faits)
        few = len(queries_of(lambda: public.get(formulaire(seance))))
        for _rank in range(10):
            InscriptionFactory(seance=seance)
        assert len(queries_of(lambda: public.get(formulaire(seance)))) == few <= 15
