"""The contact form: nothing is lost, nothing leaks, robots waste their time."""

import datetime
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.utils import timezone
from wagtail.models import Site

from home.models import ContactPage, MessageContact
from home.operations import effacer_messages_anciens
from home.views import MESSAGES_PAR_HEURE
from socle.models import ReglagesSite
from tests.factories import ContactPageFactory, accueil
from tests.harness.html import StrictClient
from tests.socle.reading import one, soup, texts

pytestmark = pytest.mark.django_db

SEND = "/fr/contact/envoyer/"
VALID = {
    "nom": "Camille Exemple",
    "courriel": "camille@exemple.test",
    "sujet": "question",
    "message": "Bonjour, une question\nsur deux lignes.",
    "site_web": "",
}


@pytest.fixture(autouse=True)
def contact_page() -> None:
    page = ContactPageFactory()
    reglages = ReglagesSite.for_site(Site.objects.get(is_default_site=True))
    reglages.courriel = "equipe@exemple.test"
    reglages.save()
    assert page.url == "/fr/contact/"


@pytest.fixture
def send(client: StrictClient, django_capture_on_commit_callbacks: Any) -> Any:
    def post(url: str = SEND, headers: dict[str, str] | None = None, **values: str) -> Any:
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(url, {**VALID, **values}, headers=headers or {})

    return post


class TestReceived:
    def test_a_message_is_stored_and_mailed(self, client: StrictClient, send: Any) -> None:
        response = send()
        assert (response.status_code, response.url) == (302, "/fr/contact/?envoye=1")
        message = MessageContact.objects.get()
        assert (message.nom, message.courriel, message.sujet, message.langue) == (
            "Camille Exemple",
            "camille@exemple.test",
            "question",
            "fr",
        )
        (sent,) = mail.outbox
        assert sent.to == ["equipe@exemple.test"]
        assert sent.reply_to == ["camille@exemple.test"]
        assert "Bonjour, une question\nsur deux lignes." in sent.body
        assert texts(client.get(response.url), ".message--success") == ["Merci, nous répondons sous huit jours."]

    def test_the_subject_of_the_mail_tells_nothing_of_the_person(self, send: Any) -> None:
        send(nom="Samir Démo", message="Je suis malade")
        subject = mail.outbox[0].subject
        for private in ("Samir", "Démo", "camille", "exemple.test", "malade"):
            assert private not in subject

    def test_the_name_is_optional(self, send: Any) -> None:
        assert send(nom="").status_code == 302
        assert MessageContact.objects.get().nom == ""

    def test_without_an_address_in_the_settings_the_message_is_kept(self, send: Any) -> None:
        ReglagesSite.objects.update(courriel="")
        reglages = ReglagesSite.objects.get()
        reglages.save()
        send()
        assert MessageContact.objects.count() == 1
        assert mail.outbox == []

    def test_a_mail_server_that_is_down_loses_nothing(self, send: Any, settings: Any, caplog: Any) -> None:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 9, 1
        assert send().url == "/fr/contact/?envoye=1"
        assert MessageContact.objects.count() == 1
        assert "could not be mailed" in caplog.text
        for private in ("camille", "Bonjour"):
            assert private not in caplog.text

    def test_the_language_of_the_page_is_noted(self, send: Any) -> None:
        ContactPageFactory(parent=accueil("en"))
        assert send("/en/contact/envoyer/").url == "/en/contact/?envoye=1"
        assert MessageContact.objects.get().langue == "en"


class TestRefused:
    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("courriel", ""),
            ("courriel", "pas-une-adresse"),
            ("courriel", "a@exemple.test\nBcc: b@exemple.test"),
            ("sujet", ""),
            ("sujet", "inconnu"),
            ("message", ""),
            ("message", "   "),
            ("message", "a" * 5001),
            ("message", "a\x00b"),
            ("nom", "a" * 121),
        ],
    )
    def test_an_error_keeps_what_was_typed_and_stores_nothing(self, send: Any, field: str, value: str) -> None:
        response = send(**{field: value})
        assert response.status_code == 422
        assert MessageContact.objects.count() == 0
        assert mail.outbox == []
        assert response.context["formulaire"].errors.keys() == {field}
        form = one(response, "form.formulaire")
        kept = {name: text for name, text in VALID.items() if name not in {field, "site_web"}}
        if "nom" in kept:
            assert form.select_one("[name=nom]")["value"] == kept["nom"]
        if "message" in kept:
            assert form.select_one("[name=message]").get_text().strip() == kept["message"]
        if "sujet" in kept:
            assert form.select_one("[name=sujet] [selected]")["value"] == kept["sujet"]

    def test_each_error_is_told_at_the_top_and_beside_its_field(self, send: Any) -> None:
        response = send(courriel="", message="")
        summary = one(response, "#erreurs")
        assert len(summary.select("li")) == 2
        for link in summary.select("a"):
            field = one(response, f'[id="{link["href"][1:]}"]')
            assert field["aria-invalid"] == "true"
            described = field["aria-describedby"].split()
            assert any(soup(response).select(f'[id="{name}"]') for name in described)
        assert soup(response).title.get_text(strip=True).startswith("Erreur")

    def test_a_robot_is_thanked_and_forgotten(self, send: Any) -> None:
        response = send(site_web="https://spam.exemple/")
        assert response.url == "/fr/contact/?envoye=1"
        assert MessageContact.objects.count() == 0
        assert mail.outbox == []

    def test_the_trap_is_out_of_the_way_of_people(self, client: StrictClient) -> None:
        trap = one(client.get("/fr/contact/"), "[name=site_web]")
        assert trap["tabindex"] == "-1"
        assert trap["autocomplete"] == "off"
        assert trap.find_parent(attrs={"inert": True}) is not None

    def test_too_many_messages_from_one_place_are_refused_for_an_hour(self, send: Any) -> None:
        for _ in range(MESSAGES_PAR_HEURE):
            assert send().status_code == 302
        response = send(message="Le message de trop")
        assert response.status_code == 422
        assert "plusieurs messages" in " ".join(texts(response, "#erreurs li"))
        assert "Le message de trop" in response.content.decode()
        assert MessageContact.objects.count() == MESSAGES_PAR_HEURE
        assert send(headers={"X-Forwarded-For": "192.0.2.1"}).status_code == 422

    def test_errors_and_robots_do_not_count(self, send: Any) -> None:
        for _ in range(MESSAGES_PAR_HEURE + 1):
            send(courriel="")
            send(site_web="x")
        assert send().status_code == 302

    def test_the_address_of_the_sender_is_stored_nowhere(self, send: Any) -> None:
        send()
        stored = repr(getattr(cache, "_cache", "")) + repr(list(MessageContact.objects.values()))
        assert "127.0.0.1" not in stored


class TestAddress:
    @pytest.mark.parametrize("method", ["get", "head", "put", "delete"])
    def test_only_a_form_is_received(self, client: StrictClient, method: str) -> None:
        response = getattr(client, method)(SEND)
        assert (response.status_code, response.url) == (302, "/fr/contact/")

    def test_no_cookie_is_set_before_during_or_after(self, client: StrictClient, send: Any) -> None:
        assert not client.get("/fr/contact/").cookies
        assert not send(courriel="").cookies
        assert not send().cookies
        assert not client.cookies

    def test_no_token_is_asked_for(self) -> None:
        strict = StrictClient(enforce_csrf_checks=True)
        assert strict.post(SEND, VALID).status_code == 302

    def test_a_language_without_the_page_leads_to_the_site(self, client: StrictClient) -> None:
        accueil("en")
        assert client.post("/en/contact/envoyer/", VALID).url == "/"

    def test_a_draft_page_receives_nothing(self, send: Any) -> None:
        ContactPage.objects.get().unpublish()
        send()
        assert MessageContact.objects.count() == 0


def test_messages_are_forgotten_after_twelve_months() -> None:
    def message(days: int) -> int:
        made = MessageContact.objects.create(courriel="a@exemple.test", sujet="autre", message="x", langue="fr")
        received = timezone.now() - datetime.timedelta(days=days)
        MessageContact.objects.filter(pk=made.pk).update(recu_le=received)
        return made.pk

    kept, old = message(364), message(366)
    assert effacer_messages_anciens() == 1
    assert list(MessageContact.objects.values_list("pk", flat=True)) == [kept]
    assert effacer_messages_anciens() == 0
    assert old != kept
