"""What links in mails open, once and for a time, and what is forgotten by itself."""

import datetime
import re
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone
from wagtail.models import Site

from redaction.jetons import COMPLETER, CONFIRMER, DUREES, jeton_de_confirmation, jeton_de_reponse, lire_jeton
from redaction.models import ContactProposition, EtatProposition, MessageProposition, Proposition
from redaction.operations import propositions as operations
from redaction.operations.propositions import accepter, completer, demander_des_precisions, oublier_propositions
from redaction.tasks.propositions import MODELES, ecrire_a_la_personne
from tests.factories import UtilisateurFactory, accueil, proposer
from tests.harness.html import StrictClient
from tests.socle.reading import texts

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def site() -> None:
    accueil()
    site = Site.objects.get(is_default_site=True)
    site.hostname, site.port = "testserver", 80
    site.save()


def link_of(message: Any) -> str:
    (found,) = re.findall(r"http://testserver(/\S+)", message.body)
    return str(found)


class TestLinks:
    def proposition(self) -> Proposition:
        made = Proposition.objects.create(genre="fiche", langue="fr", titre="Essai")
        ContactProposition.objects.create(
            proposition=made, courriel="lou@exemple.test", consentement="1", consenti_le=timezone.now()
        )
        return made

    def test_a_link_is_good_for_one_use_and_one_proposal(self) -> None:
        token = jeton_de_confirmation(self.proposition())
        assert lire_jeton(token, CONFIRMER)
        assert lire_jeton(token, COMPLETER) is None
        value, moment, signature = token.split(":")
        other = jeton_de_confirmation(self.proposition()).partition(":")[0]
        for spoilt in ("", token[:-1], f"{value}:{moment}:{signature[::-1]}", f"{other}:{moment}:{signature}", "é:é:é"):
            assert lire_jeton(spoilt, CONFIRMER) is None

    def test_a_link_ends_after_seven_days(self, client: StrictClient, monkeypatch: pytest.MonkeyPatch) -> None:
        url = f"/fr/proposer/confirmer/{jeton_de_confirmation(self.proposition())}/"
        assert client.get(url).status_code == 200
        monkeypatch.setitem(DUREES, CONFIRMER, datetime.timedelta(seconds=-1))
        assert client.get(url).status_code == 410
        assert client.post(url).status_code == 410
        assert not Proposition.objects.exclude(etat=EtatProposition.A_CONFIRMER).exists()

    def test_what_is_deleted_while_the_link_is_followed_is_no_error(self) -> None:
        number = self.proposition().pk
        Proposition.objects.all().delete()
        assert not operations.confirmer(number)

    def test_a_link_to_something_deleted_says_so(self, client: StrictClient) -> None:
        proposition = self.proposition()
        url = f"/fr/proposer/confirmer/{jeton_de_confirmation(proposition)}/"
        proposition.delete()
        assert client.get(url).status_code == client.post(url).status_code == 410


@pytest.mark.parametrize("langue", ["fr", "fr-simple", "en", "ar", "es", "pt"])
@pytest.mark.parametrize("modele", MODELES)
def test_every_mail_in_every_language(modele: str, langue: str) -> None:
    found = proposer(langue=langue, titre="Tous < les & « titres »", motif='Voici "pourquoi".')
    question = found.messages.create(nature="question", texte="Où & quand ?")
    ecrire_a_la_personne.call(found.pk, modele, question.pk if modele == "preciser" else 0)
    (sent,) = mail.outbox
    for private in ("titres", "Lou", "lou@"):
        assert private not in sent.subject
    assert ("titres »" in sent.body) == (modele not in {"confirmer", "accuser"})
    assert ('"pourquoi"' in sent.body) == (modele in {"acceptee", "traitee", "refusee"})
    assert ("Où & quand ?" in sent.body) == (modele == "preciser")
    assert (f"http://testserver/{langue}/proposer/" in sent.body) == (modele in {"confirmer", "accuser", "preciser"})
    french = "Ce message part tout seul" in sent.body
    assert french == (langue == "fr")


class TestAnswer:
    @pytest.fixture
    def question(self, django_capture_on_commit_callbacks: Any) -> MessageProposition:
        proposition = proposer(titre="Essai")
        self.moderator = UtilisateurFactory(moderateur=True)
        with django_capture_on_commit_callbacks(execute=True):
            demander_des_precisions(proposition.pk, self.moderator, "Pour quel public ?")
        return MessageProposition.objects.get()

    def test_a_question_is_answered_from_its_mail(self, client: StrictClient, question: MessageProposition) -> None:
        (sent,) = mail.outbox
        assert "Pour quel public ?" in sent.body
        assert "Essai" not in sent.subject
        url = link_of(sent)
        assert "Pour quel public ?" in " ".join(texts(client.get(url), "blockquote"))
        assert client.post(url, {"texte": ""}).status_code == 422
        assert client.post(url, {"texte": "Pour les familles."}).url == url
        proposition = question.proposition
        proposition.refresh_from_db()
        assert proposition.etat == EtatProposition.EN_COURS
        assert [(message.nature, message.texte) for message in proposition.messages.all()] == [
            ("question", "Pour quel public ?"),
            ("reponse", "Pour les familles."),
        ]
        assert texts(client.get(url), ".message--success")
        assert client.post(url, {"texte": "Encore"}).status_code == 200
        assert proposition.messages.count() == 2

    def test_an_answer_that_comes_too_late_changes_nothing(
        self, client: StrictClient, question: MessageProposition
    ) -> None:
        accepter(question.proposition_id, self.moderator)
        url = f"/fr/proposer/completer/{jeton_de_reponse(question)}/"
        assert client.get(url).status_code == 200
        client.post(url, {"texte": "Trop tard"})
        assert not completer(question.pk, "Trop tard")
        assert not MessageProposition.objects.filter(texte="Trop tard").exists()

    def test_only_the_last_question_can_be_answered(self, client: StrictClient, question: MessageProposition) -> None:
        demander_des_precisions(question.proposition_id, self.moderator, "Et où ?")
        assert not completer(question.pk, "À la première")
        assert completer(MessageProposition.objects.get(texte="Et où ?").pk, "Partout")

    def test_the_link_of_an_answer_confirms_nothing(self, client: StrictClient, question: MessageProposition) -> None:
        assert client.get(f"/fr/proposer/confirmer/{jeton_de_reponse(question)}/").status_code == 410


class TestForgetting:
    def make(self, etat: str, days: int) -> Proposition:
        moment = timezone.now() - datetime.timedelta(days=days)
        received = None if etat == EtatProposition.A_CONFIRMER else moment
        closed = moment if etat in (EtatProposition.ACCEPTEE, EtatProposition.REFUSEE) else None
        made = Proposition.objects.create(
            genre="fiche", langue="fr", titre=etat, etat=etat, recue_le=received, close_le=closed, motif="Parce que"
        )
        Proposition.objects.filter(pk=made.pk).update(cree_le=moment)
        ContactProposition.objects.create(
            proposition=made, courriel="lou@exemple.test", consentement="1", consenti_le=moment
        )
        made.messages.create(nature="note", texte="Dit par Lou")
        return made

    def test_what_nobody_confirmed_goes_after_seven_days(self) -> None:
        kept, old = self.make("a_confirmer", 6), self.make("a_confirmer", 8)
        assert oublier_propositions() == 1
        assert list(Proposition.objects.all()) == [kept]
        assert oublier_propositions() == 0
        assert old.pk != kept.pk

    def test_who_sent_it_is_forgotten_a_year_after_the_end(self) -> None:
        recent, old, open_one = self.make("refusee", 364), self.make("acceptee", 366), self.make("en_cours", 500)
        assert oublier_propositions() == 1
        assert set(ContactProposition.objects.values_list("proposition", flat=True)) == {recent.pk, open_one.pk}
        assert not old.messages.exists()
        assert recent.messages.exists()
        assert Proposition.objects.filter(pk=old.pk).exists()
        assert oublier_propositions() == 0
