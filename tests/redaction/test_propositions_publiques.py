"""What the public sends: nothing is lost, nothing leaks, nobody's address is used to write to somebody else."""

import re
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from wagtail.models import Site

from redaction.jetons import jeton_de_confirmation
from redaction.models import ContactProposition, EtatProposition, Proposition
from redaction.propositions import CONSENTEMENT
from redaction.tasks.propositions import ecrire_a_la_personne
from redaction.views.propositions import COURRIELS_PAR_JOUR, ENVOIS_PAR_HEURE
from socle.public_forms import TAILLE_MAX
from tests.factories import FichePageFactory, accueil
from tests.harness.html import StrictClient
from tests.harness.queries import queries_of
from tests.socle.reading import links, one, soup, texts

pytestmark = pytest.mark.django_db

LANGUES = ("fr", "fr-simple", "en", "ar", "es", "pt")
FICHE = {
    "titre": "Accueillir un nouvel usager partenaire",
    "resume": "Une heure à deux, pour bien commencer.",
    "texte": "Choisir un lieu calme.\n\nDire qui fait quoi <b>ensemble</b>.",
    "nom": "Lou Exemple",
    "courriel": "lou@exemple.test",
    "signature": "on",
    "consentement": "on",
    "site_web": "",
}
CORRECTION = {
    "adresse": "La page sur les réunions",
    "texte": "Le téléphone a changé.",
    "source": "Je viens d’appeler",
    "courriel": "lou@exemple.test",
    "consentement": "on",
}
PROBLEME = {"probleme": "lien", "texte": "Le deuxième lien ne s’ouvre pas.", "courriel": ""}
PRIVATE = ("Lou", "lou@exemple.test", "Accueillir", "Choisir", "Une heure")


@pytest.fixture(autouse=True)
def site() -> None:
    accueil()
    site = Site.objects.get(is_default_site=True)
    site.hostname, site.port = "testserver", 80
    site.save()


@pytest.fixture
def send(client: StrictClient, django_capture_on_commit_callbacks: Any) -> Any:
    def post(url: str, values: dict[str, str], **headers: str) -> Any:
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(url, values, headers=headers)

    return post


def link_of(message: Any) -> str:
    (found,) = re.findall(r"http://testserver(/\S+)", message.body)
    return str(found)


class TestSending:
    def test_a_resource_waits_for_its_address(self, send: Any) -> None:
        response = send("/fr/proposer/fiche/", FICHE)
        assert (response.status_code, response.url) == (302, "/fr/proposer/merci/")
        found = Proposition.objects.get()
        assert (found.genre, found.etat, found.langue) == ("fiche", EtatProposition.A_CONFIRMER, "fr")
        assert (found.titre, found.texte) == (FICHE["titre"], FICHE["texte"])
        assert found.details == {"resume": FICHE["resume"]}
        contact = found.contact
        assert (contact.nom, contact.courriel, contact.signature) == ("Lou Exemple", "lou@exemple.test", True)
        assert (contact.consentement, contact.confirme_le) == (CONSENTEMENT, None)

    def test_nothing_of_the_person_is_kept_with_the_proposal(self, send: Any) -> None:
        send("/fr/proposer/fiche/", FICHE)
        stored = repr(Proposition.objects.values())
        assert "Lou" not in stored
        assert "lou@" not in stored

    def test_the_first_mail_repeats_nothing_that_was_typed(self, send: Any) -> None:
        """The address may be that of somebody else."""
        send("/fr/proposer/fiche/", FICHE)
        (sent,) = mail.outbox
        assert sent.to == ["lou@exemple.test"]
        for typed in PRIVATE:
            assert typed not in sent.subject
            assert typed not in sent.body

    def test_the_link_opens_and_the_button_confirms(self, client: StrictClient, send: Any) -> None:
        send("/fr/proposer/fiche/", FICHE)
        url = link_of(mail.outbox[0])
        for _twice in range(2):  # programs that check mails follow links
            assert one(client.get(url), "main form button").get_text(strip=True) == "Confirmer mon adresse"
        assert Proposition.objects.get().etat == EtatProposition.A_CONFIRMER
        response = client.post(url)
        assert (response.status_code, response.url) == (302, url)
        found = Proposition.objects.get()
        assert found.etat == EtatProposition.RECUE
        assert found.recue_le is not None
        assert found.contact.confirme_le is not None
        assert "Votre proposition est arrivée." in " ".join(texts(client.get(url), ".message--success"))

    def test_a_link_used_again_is_answered_kindly_and_changes_nothing(self, client: StrictClient, send: Any) -> None:
        send("/fr/proposer/fiche/", FICHE)
        url = link_of(mail.outbox[0])
        client.post(url)
        before = Proposition.objects.values().get()
        assert client.post(url).status_code == 302
        assert Proposition.objects.values().get() == before
        assert client.get(url).status_code == 200

    def test_a_problem_without_address_is_received_at_once(self, client: StrictClient, send: Any) -> None:
        response = send("/fr/signaler/", {**PROBLEME, "adresse": "La page d’accueil"})
        assert response.url == "/fr/signaler/merci/"
        found = Proposition.objects.get()
        assert (found.etat, found.details, found.page_adresse) == (
            EtatProposition.RECUE,
            {"probleme": "lien"},
            "La page d’accueil",
        )
        assert not ContactProposition.objects.exists()
        assert mail.outbox == []
        assert "Votre signalement est arrivé." in " ".join(texts(client.get(response.url), ".message--success"))

    def test_a_problem_with_an_address_is_received_and_acknowledged(self, client: StrictClient, send: Any) -> None:
        send("/fr/signaler/", {**PROBLEME, "courriel": "lou@exemple.test"})
        found = Proposition.objects.get()
        assert found.etat == EtatProposition.RECUE
        assert not found.joignable
        (sent,) = mail.outbox
        assert "est arrivé" in sent.body
        assert PROBLEME["texte"] not in sent.body
        client.post(link_of(sent))
        assert Proposition.objects.get().joignable

    @pytest.mark.parametrize("langue", LANGUES)
    def test_every_language_has_its_forms_and_its_mail(self, client: StrictClient, send: Any, langue: str) -> None:
        accueil(langue)
        for path in ("proposer/", "proposer/fiche/", "proposer/correction/", "signaler/"):
            assert client.get(f"/{langue}/{path}").status_code == 200
        assert send(f"/{langue}/proposer/fiche/", FICHE).url == f"/{langue}/proposer/merci/"
        assert Proposition.objects.get().langue == langue
        url = link_of(mail.outbox[0])
        assert url.startswith(f"/{langue}/proposer/confirmer/")
        assert client.post(url).url == url
        assert client.get(url).status_code == 200

    def test_a_mail_server_that_is_down_loses_nothing(self, send: Any, settings: Any, caplog: Any) -> None:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 9, 1
        assert send("/fr/proposer/fiche/", FICHE).status_code == 302
        assert Proposition.objects.count() == 1
        assert "could not be mailed" in caplog.text
        for private in PRIVATE:
            assert private not in caplog.text

    def test_a_mail_about_something_deleted_meanwhile_is_not_sent(self, send: Any) -> None:
        send("/fr/proposer/fiche/", FICHE)
        number = Proposition.objects.get().pk
        mail.outbox.clear()
        ContactProposition.objects.all().delete()
        ecrire_a_la_personne.call(number, "confirmer")
        ecrire_a_la_personne.call(number + 1, "confirmer")
        assert mail.outbox == []


class TestPages:
    def test_the_page_of_a_problem_is_named_and_kept(self, client: StrictClient, send: Any) -> None:
        page = FichePageFactory(title="Préparer une réunion", publiee=True)
        url = links(client.get(page.url), "footer a")["Signaler un problème sur cette page"]
        assert "Préparer une réunion" in " ".join(texts(client.get(url), "main p"))
        send(url, PROBLEME)
        found = Proposition.objects.get()
        assert (found.page_id, found.page_titre, found.page_adresse) == (page.pk, page.title, page.url)
        page.delete()
        found.refresh_from_db()
        assert (found.page_id, found.page_titre) == (None, "Préparer une réunion")

    @pytest.mark.parametrize("hidden", [{"brouillon": True}, {"protegee": "login"}, {"protegee": "password"}])
    def test_a_hidden_page_is_as_one_that_does_not_exist(
        self, client: StrictClient, send: Any, hidden: dict[str, Any]
    ) -> None:
        page = FichePageFactory(title="Très secret", **hidden)
        for path in ("/fr/signaler/", "/fr/proposer/correction/"):
            there, nowhere = (client.get(path, {"page": number}) for number in (page.pk, 999_999))
            assert there.content.decode().replace(str(page.pk), "999999") == nowhere.content.decode()
            assert "Très secret" not in there.content.decode()
            assert one(there, "[name=adresse]")
        send(f"/fr/signaler/?page={page.pk}", PROBLEME)
        found = Proposition.objects.get()
        assert (found.page_id, found.page_titre, found.page_adresse) == (None, "", "")

    def test_a_page_is_cited_in_its_own_language_only(self, client: StrictClient) -> None:
        page = FichePageFactory(title="Préparer une réunion", publiee=True)
        accueil("en")
        assert "Préparer" not in client.get("/en/signaler/", {"page": page.pk}).content.decode()

    @pytest.mark.parametrize("value", ["", "x", "-1", "1" * 30, "٣", "1.5", "1&page=2", "None"])
    def test_any_other_page_number_is_no_error(self, client: StrictClient, value: str) -> None:
        assert client.get(f"/fr/signaler/?page={value}").status_code == 200

    def test_a_correction_needs_a_page(self, send: Any) -> None:
        assert send("/fr/proposer/correction/", {**CORRECTION, "adresse": ""}).status_code == 422
        assert send("/fr/proposer/correction/", CORRECTION).status_code == 302
        page = FichePageFactory(publiee=True)
        assert send(f"/fr/proposer/correction/?page={page.pk}", {**CORRECTION, "adresse": ""}).status_code == 302
        assert list(Proposition.objects.order_by("pk").values_list("page", flat=True)) == [None, page.pk]

    def test_the_forms_are_found_from_every_page(self, client: StrictClient) -> None:
        found = links(client.get("/fr/"), "footer a")
        assert found["Proposer"] == "/fr/proposer/"
        choices = links(client.get("/fr/proposer/"), ".entrees a")
        assert choices == {
            "Une fiche": "/fr/proposer/fiche/",
            "Une correction": "/fr/proposer/correction/",
            "Une rencontre": "/fr/proposer/evenement/",
        }

    @pytest.mark.parametrize("path", ["probleme", "inconnu", "Fiche"])
    def test_a_kind_that_does_not_exist_is_not_found(self, client: StrictClient, path: str) -> None:
        assert client.get(f"/fr/proposer/{path}/").status_code == 404
        assert client.post(f"/fr/proposer/{path}/", FICHE).status_code == 404

    def test_links_of_one_person_are_for_no_search_engine_and_no_cache(self, client: StrictClient, send: Any) -> None:
        send("/fr/proposer/fiche/", FICHE)
        for response in (client.get(link_of(mail.outbox[0])), client.get("/fr/proposer/confirmer/x/")):
            assert one(response, "meta[name=robots]")["content"] == "noindex"
            assert response["Cache-Control"] == "private, no-store"

    @pytest.mark.parametrize("path", ["proposer/", "proposer/fiche/", "signaler/", "signaler/?page={}"])
    def test_the_pages_are_cheap(self, client: StrictClient, path: str) -> None:
        page = FichePageFactory(publiee=True)
        assert len(queries_of(lambda: client.get("/fr/" + path.format(page.pk)))) <= 15


class TestRefused:
    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("titre", ""),
            ("titre", "a" * 201),
            ("titre", "a\x00b"),
            ("resume", ""),
            ("resume", "a" * 301),
            ("texte", "   "),
            ("texte", "a" * 10_001),
            ("courriel", ""),
            ("courriel", "pas-une-adresse"),
            ("courriel", "a@exemple.test\nBcc: b@exemple.test"),
            ("nom", "a" * 121),
            ("consentement", ""),
        ],
    )
    def test_an_error_keeps_what_was_typed_and_stores_nothing(self, send: Any, field: str, value: str) -> None:
        response = send("/fr/proposer/fiche/", {**FICHE, field: value})
        assert response.status_code == 422
        assert not Proposition.objects.exists()
        assert mail.outbox == []
        assert response.context["formulaire"].errors.keys() == {field}
        assert soup(response).title.get_text(strip=True).startswith("Erreur")
        form = one(response, "form.formulaire")
        for name in {"titre", "nom"} - {field}:
            assert form.select_one(f"[name={name}]")["value"] == FICHE[name]
        for name in {"resume", "texte"} - {field}:
            assert form.select_one(f"[name={name}]").get_text().strip() == FICHE[name]
        assert form.select_one("[name=signature]").has_attr("checked")

    @pytest.mark.parametrize("url", ["/fr/proposer/fiche/", "/fr/proposer/correction/", "/fr/signaler/"])
    def test_each_error_leads_to_its_field(self, send: Any, url: str) -> None:
        response = send(url, {"courriel": "x"})
        summary = one(response, "#erreurs")
        assert len(summary.select("li")) == len(response.context["formulaire"].errors) >= 3
        for link in summary.select("a"):
            field = one(response, f'[id="{link["href"][1:]}"]')
            assert field.name == "div" or field["aria-invalid"] == "true"

    @pytest.mark.parametrize("url", ["/fr/proposer/fiche/", "/fr/signaler/"])
    def test_a_robot_is_thanked_and_forgotten(self, send: Any, url: str) -> None:
        assert send(url, {**FICHE, **PROBLEME, "site_web": "x"}).status_code == 302
        assert not Proposition.objects.exists()
        assert mail.outbox == []

    def test_too_many_from_one_place_are_refused_for_an_hour(self, send: Any) -> None:
        for rank in range(ENVOIS_PAR_HEURE):
            assert send("/fr/proposer/fiche/", {**FICHE, "courriel": f"lou{rank}@exemple.test"}).status_code == 302
        response = send("/fr/proposer/fiche/", {**FICHE, "titre": "Celle de trop"})
        assert response.status_code == 422
        assert "Celle de trop" in response.content.decode()
        assert Proposition.objects.count() == ENVOIS_PAR_HEURE

    def test_one_address_is_not_written_to_again_and_again(self, send: Any) -> None:
        """Whatever the machines that ask for it, and however it is written."""
        for rank in range(COURRIELS_PAR_JOUR):
            address = "lou@exemple.test" if rank else "LOU@exemple.test"
            assert send("/fr/signaler/", {**PROBLEME, "courriel": address}).status_code == 302
        response = send("/fr/proposer/fiche/", FICHE)
        assert response.status_code == 422
        assert response.context["formulaire"].errors.keys() == {"courriel"}
        assert len(mail.outbox) == COURRIELS_PAR_JOUR

    def test_what_is_far_too_big_is_refused_without_being_read(self, send: Any) -> None:
        response = send("/fr/proposer/fiche/", {**FICHE, "texte": "a" * TAILLE_MAX})
        assert response.status_code == 413
        assert any("trop gros" in text for text in texts(response, "#erreurs li"))

    def test_no_address_of_a_machine_is_stored(self, send: Any) -> None:
        send("/fr/proposer/fiche/", FICHE)
        stored = repr(getattr(cache, "_cache", "")) + repr(list(Proposition.objects.values()))
        assert "127.0.0.1" not in stored
        assert "lou@" not in repr(getattr(cache, "_cache", ""))

    def test_no_cookie_and_no_token(self) -> None:
        strict = StrictClient(enforce_csrf_checks=True)
        assert not strict.get("/fr/proposer/fiche/").cookies
        assert strict.post("/fr/proposer/fiche/", FICHE).status_code == 302
        url = f"/fr/proposer/confirmer/{jeton_de_confirmation(Proposition.objects.get())}/"
        assert strict.post(url).status_code == 302
        assert not strict.cookies
