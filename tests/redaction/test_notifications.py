"""Mails to the team: who is told of what, when, once, and nothing more than a title and a link."""

import datetime
import re
from collections.abc import Callable
from typing import Any
from weakref import ref

import pytest
from django.conf import settings as django_settings
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone
from wagtail.admin.mail import Notifier
from wagtail.log_actions import LogContext
from wagtail.signals import task_submitted, workflow_approved, workflow_rejected, workflow_submitted

from redaction import roles
from redaction.models import Genre, Notification, RappelDeRevision, Rythme
from redaction.operations import notifications
from redaction.operations.notifications import choisir_rythme, notifier
from redaction.tasks.notifications import ecrire, envoyer
from socle.dates import today
from tests.factories import FichePageFactory, InformationPageFactory, groupes_des_roles, index_fiches
from tests.harness.html import StrictClient
from tests.redaction.test_fraicheur import due
from tests.redaction.test_publication import Circuit, personne
from tests.socle.test_publication import ancienne, republier

pytestmark = pytest.mark.django_db
NOTHING = set[tuple[str, str]]()


def told() -> set[tuple[str, str]]:
    """Return who received what since the last time: addresses and subjects, without the name of the site."""
    found = {(sent.to[0], sent.subject.removeprefix(f"[{django_settings.WAGTAIL_SITE_NAME}] ")) for sent in mail.outbox}
    mail.outbox.clear()
    return found


def matin(day: datetime.date | None = None, hour: int = 8) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day or today(), datetime.time(hour)))


@pytest.fixture
def circuit() -> Circuit:
    groupes_des_roles()
    return Circuit()


@pytest.fixture
def page() -> Any:
    return FichePageFactory(title="Un titre", publiee=True)


@pytest.fixture
def redactrice() -> Any:
    index_fiches()
    return personne(roles.REDACTION)


class TestCircuit:
    def test_each_step_is_told_to_those_whom_it_waits_for(self, circuit: Circuit) -> None:
        auteur, usager, pro, moderation = circuit.auteur, circuit.usager, circuit.pro, circuit.moderation
        assert told() == {
            (usager.email, "Une page attend votre relecture"),
            (pro.email, "Une page attend votre relecture"),
        }
        circuit.agir(usager)
        assert told() == NOTHING
        circuit.agir(pro)
        assert told() == {(moderation.email, "Une page attend votre validation")}
        circuit.agir(moderation)
        assert told() == {(auteur.email, "Votre page est publique")}

    def test_changes_asked_for_are_told_to_the_author(self, circuit: Circuit) -> None:
        told()
        circuit.agir(circuit.usager, "reject", comment="Trop long.")
        assert told() == {(circuit.auteur.email, "Des modifications vous sont demandées")}
        circuit.ecrire(circuit.auteur)
        circuit.etat.resume(circuit.auteur)
        assert told() == {
            (circuit.usager.email, "Une page attend votre relecture"),
            (circuit.pro.email, "Une page attend votre relecture"),
        }

    def test_an_approved_page_that_waits_for_its_day_is_told_twice(self, circuit: Circuit) -> None:
        circuit.page.go_live_at = timezone.now() + datetime.timedelta(hours=1)
        circuit.ecrire(circuit.auteur)
        for user in (circuit.usager, circuit.pro):
            circuit.agir(user)
        told()
        circuit.agir(circuit.moderation)
        assert told() == {(circuit.auteur.email, "Votre page est approuvée")}
        revision = circuit.page.latest_revision
        past = timezone.now() - datetime.timedelta(minutes=1)
        revision.content["go_live_at"] = past.isoformat()
        type(revision).objects.filter(pk=revision.pk).update(content=revision.content, approved_go_live_at=past)
        call_command("publish_scheduled")
        assert told() == {(circuit.auteur.email, "Votre page est publique")}

    def test_drafts_during_a_review_do_not_write_to_reviewers_each_time(self, circuit: Circuit) -> None:
        told()
        for _ in range(3):
            circuit.ecrire(circuit.auteur)
        assert told() == NOTHING

    def test_a_reviewer_who_wrote_is_not_told(self) -> None:
        groupes_des_roles()
        writer = personne(roles.REDACTION, roles.REGARD_USAGER)
        page = FichePageFactory(brouillon=True, owner=writer)
        page.save_revision(user=writer)
        page.get_workflow().start(page, writer)
        assert told() == NOTHING

    def test_inactive_people_are_not_told(self) -> None:
        groupes_des_roles()
        personne(roles.REGARD_USAGER, is_active=False)
        page = FichePageFactory(brouillon=True)
        page.save_revision()
        page.get_workflow().start(page, None)
        assert told() == NOTHING

    def test_wagtail_sends_no_mail_of_its_own(self, circuit: Circuit) -> None:
        for signal in (task_submitted, workflow_submitted, workflow_approved, workflow_rejected):
            receivers = [
                receiver() if isinstance(receiver, ref) else receiver for _key, receiver, *_ in signal.receivers
            ]
            assert not [receiver for receiver in receivers if isinstance(receiver, Notifier)]
        personne(roles.MODERATION, is_superuser=True)
        circuit.agir(circuit.usager, "reject", comment="Non")
        assert len(told()) == 3


class TestPublication:
    def test_whoever_publishes_is_not_told(self, admin_client: StrictClient) -> None:
        auteur = personne(roles.CONTRIBUTION)
        index_fiches()
        page = ancienne(FichePageFactory(owner=auteur, publiee=True))
        told()
        republier(page)
        assert told() == {(auteur.email, "Votre page est publique")}
        with LogContext(user=auteur):
            republier(page)
        assert told() == NOTHING


class TestMail:
    def test_a_mail_has_a_title_and_a_link_and_nothing_else_of_the_page(self, page: Any, redactrice: Any) -> None:
        assert notifier(Genre.A_REVOIR, page, [redactrice.pk], "x") == 1
        (sent,) = mail.outbox
        assert sent.to == [redactrice.email]
        assert "Un titre" not in sent.subject
        assert "Un titre" in sent.body
        assert page.resume not in sent.body
        links = re.findall(r"https?://\S+", sent.body)
        base = django_settings.WAGTAILADMIN_BASE_URL
        assert links == [f"{base}/admin/pages/{page.pk}/edit/", f"{base}/admin/account/"]
        assert sent.content_subtype == "plain"
        assert sent.attachments == []
        assert sent.extra_headers == {"Auto-Submitted": "auto-generated"}

    def test_the_same_thing_is_told_once(self, page: Any, redactrice: Any) -> None:
        for _ in range(2):
            notifier(Genre.A_REVOIR, page, [redactrice.pk], "x")
        assert len(mail.outbox) == 1
        notifier(Genre.A_REVOIR, page, [redactrice.pk], "y")
        assert len(mail.outbox) == 2

    def test_whoever_did_it_is_not_told(self, page: Any, redactrice: Any) -> None:
        assert notifier(Genre.A_REVOIR, page, [redactrice.pk, None], "x", sauf=redactrice) == 0
        assert mail.outbox == []

    @pytest.mark.parametrize(
        "lose",
        [
            lambda user, _page: user.groups.clear(),
            lambda user, _page: type(user).objects.filter(pk=user.pk).update(is_active=False),
            lambda _user, page: page.move(index_fiches("en"), pos="last-child"),
        ],
        ids=["role", "account", "page of another language"],
    )
    def test_whoever_may_no_longer_open_the_page_is_not_told(
        self, page: Any, redactrice: Any, lose: Callable[[Any, Any], None]
    ) -> None:
        choisir_rythme(redactrice, Rythme.QUOTIDIEN)
        notifier(Genre.A_REVOIR, page, [redactrice.pk], "x")
        lose(redactrice, page)
        assert notifications.envoyer_les_recapitulatifs(matin()) == 0
        assert mail.outbox == []
        assert not Notification.objects.exists()

    def test_a_step_that_is_over_is_no_longer_told(self, circuit: Circuit) -> None:
        choisir_rythme(circuit.pro, Rythme.QUOTIDIEN)
        circuit.etat.cancel()
        circuit.page.get_workflow().start(circuit.page, circuit.auteur)
        circuit.agir(circuit.usager, "reject", comment="Non")
        told()
        notifications.envoyer_les_recapitulatifs(matin())
        assert told() == NOTHING

    def test_whoever_comes_after_another_of_the_same_side_is_not_told(self, circuit: Circuit) -> None:
        other = personne(roles.REGARD_USAGER)
        for user in (other, circuit.pro):
            choisir_rythme(user, Rythme.QUOTIDIEN)
        circuit.etat.cancel()
        circuit.page.get_workflow().start(circuit.page, circuit.auteur)
        circuit.agir(circuit.usager)
        told()
        notifications.envoyer_les_recapitulatifs(matin())
        assert told() == {(circuit.pro.email, "Une page attend votre relecture")}

    def test_a_new_revision_is_still_told_in_the_morning(self, circuit: Circuit) -> None:
        Notification.objects.all().delete()
        choisir_rythme(circuit.pro, Rythme.QUOTIDIEN)
        circuit.ecrire(circuit.auteur)
        circuit.ecrire(circuit.auteur)
        told()
        notifications.envoyer_les_recapitulatifs(matin())
        assert told() == {(circuit.pro.email, "Une page attend votre relecture")}

    def test_a_task_that_runs_twice_sends_one_mail(self, page: Any, redactrice: Any) -> None:
        notifier(Genre.A_REVOIR, page, [redactrice.pk], "x")
        ecrire.enqueue(redactrice.pk)
        assert envoyer(redactrice.pk) == 0
        assert len(mail.outbox) == 1

    def test_a_mail_that_could_not_leave_leaves_later(
        self, page: Any, redactrice: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(self: Any, messages: Any) -> int:
            raise ConnectionRefusedError

        with monkeypatch.context() as broken:
            broken.setattr(EmailBackend, "send_messages", refuse)
            notifier(Genre.A_REVOIR, page, [redactrice.pk], "x")
            assert notifications.envoyer_ce_qui_attend() == 0
        assert mail.outbox == []
        assert notifications.envoyer_ce_qui_attend() == 1
        assert notifications.envoyer_ce_qui_attend() == 0
        assert len(mail.outbox) == 1

    def test_one_refused_address_does_not_keep_the_others_waiting(
        self, page: Any, redactrice: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        other = personne(roles.REDACTION)
        real = EmailBackend.send_messages

        def refuse(self: Any, messages: Any) -> int:
            if messages[0].to == [redactrice.email]:
                raise ConnectionRefusedError
            return real(self, messages)

        monkeypatch.setattr(EmailBackend, "send_messages", refuse)
        monkeypatch.setattr(notifications, "ecrire", type("Task", (), {"enqueue": staticmethod(lambda _pk: None)}))
        notifier(Genre.A_REVOIR, page, [redactrice.pk, other.pk], "x")
        assert notifications.envoyer_ce_qui_attend() == 1
        assert told() == {(other.email, "Une page est à revoir")}

    def test_old_news_are_forgotten(self, page: Any, redactrice: Any) -> None:
        now = timezone.now()
        for cle, created, sent in (("a", 4, None), ("b", 2, None), ("c", 100, 91), ("d", 100, 89)):
            row = Notification.objects.create(user=redactrice, page=page, genre=Genre.A_REVOIR, cle=cle)
            moments = {"cree_le": now - datetime.timedelta(days=created)}
            moments["envoyee_le"] = sent and now - datetime.timedelta(days=sent)
            Notification.objects.filter(pk=row.pk).update(**moments)
        assert notifications.oublier_les_notifications(now) == 2
        assert set(Notification.objects.values_list("cle", flat=True)) == {"b", "d"}

    def test_the_database_keeps_each_thing_once(self, page: Any, redactrice: Any) -> None:
        values = {"user": redactrice, "page": page, "genre": Genre.A_REVOIR, "cle": "x"}
        Notification.objects.create(**values)
        for changed in ({}, {"genre": "autre"}):
            with pytest.raises(IntegrityError), transaction.atomic():
                Notification.objects.create(**(values | changed))


class TestRythme:
    def test_once_a_day_everything_together(self, page: Any, redactrice: Any) -> None:
        choisir_rythme(redactrice, Rythme.QUOTIDIEN)
        other = InformationPageFactory(title="Une autre", publiee=True)
        notifier(Genre.A_REVOIR, page, [redactrice.pk], "x")
        notifier(Genre.PUBLIEE, other, [redactrice.pk], "y")
        assert mail.outbox == []
        assert notifications.envoyer_les_recapitulatifs(matin(hour=6)) == 0
        assert notifications.envoyer_les_recapitulatifs(matin()) == 2
        assert notifications.envoyer_les_recapitulatifs(matin(hour=9)) == 0
        (sent,) = mail.outbox
        assert "Un titre" in sent.body
        assert "Une autre" in sent.body
        assert told() == {(redactrice.email, "Ce qui vous attend")}

    def test_what_comes_later_waits_for_the_next_morning(self, page: Any, redactrice: Any) -> None:
        choisir_rythme(redactrice, Rythme.QUOTIDIEN)
        assert notifications.envoyer_les_recapitulatifs(matin()) == 0
        notifier(Genre.A_REVOIR, page, [redactrice.pk], "x")
        assert notifications.envoyer_les_recapitulatifs(matin(hour=18)) == 0
        tomorrow = today() + datetime.timedelta(days=1)
        assert notifications.envoyer_les_recapitulatifs(matin(tomorrow)) == 1
        assert len(mail.outbox) == 1

    def test_nothing_is_sent_when_nothing_happened(self, redactrice: Any) -> None:
        choisir_rythme(redactrice, Rythme.QUOTIDIEN)
        notifications.envoyer_les_recapitulatifs(matin())
        assert mail.outbox == []

    def test_never(self, page: Any, redactrice: Any) -> None:
        choisir_rythme(redactrice, Rythme.QUOTIDIEN)
        notifier(Genre.A_REVOIR, page, [redactrice.pk], "x")
        choisir_rythme(redactrice, Rythme.JAMAIS)
        assert notifier(Genre.A_REVOIR, page, [redactrice.pk], "y") == 0
        notifications.envoyer_les_recapitulatifs(matin())
        assert notifications.envoyer_ce_qui_attend() == 0
        assert mail.outbox == []

    def test_what_waited_for_the_morning_leaves_with_the_new_choice(self, page: Any, redactrice: Any) -> None:
        choisir_rythme(redactrice, Rythme.QUOTIDIEN)
        notifier(Genre.A_REVOIR, page, [redactrice.pk], "x")
        choisir_rythme(redactrice, Rythme.IMMEDIAT)
        assert notifications.envoyer_ce_qui_attend() == 1


class TestRappels:
    def test_a_page_that_comes_due_is_told_once_to_its_owner_and_to_those_who_write(self, redactrice: Any) -> None:
        owner, english = personne(roles.CONTRIBUTION), personne(*[r for r in roles.TRADUCTIONS if r.langues == ("en",)])
        due(FichePageFactory(owner=owner, publiee=True))
        due(FichePageFactory(publiee=True), today() + datetime.timedelta(days=1))
        due(FichePageFactory(parent=index_fiches("en"), publiee=True))
        due(FichePageFactory(publiee=True), None)
        told()
        assert notifications.rappeler_les_revisions() == 2
        subject = "Une page est à revoir"
        assert told() == {(owner.email, subject), (redactrice.email, subject), (english.email, subject)}
        assert notifications.rappeler_les_revisions() == 0
        assert told() == NOTHING
        assert notifications.rappeler_les_revisions(today() + datetime.timedelta(days=1)) == 1

    def test_the_next_date_is_told_again(self, redactrice: Any) -> None:
        page = due()
        notifications.rappeler_les_revisions()
        due(page, today() + datetime.timedelta(days=30))
        assert notifications.rappeler_les_revisions() == 0
        assert notifications.rappeler_les_revisions(today() + datetime.timedelta(days=30)) == 1
        assert RappelDeRevision.objects.filter(page=page).count() == 2

    def test_the_clock_does_it(self, redactrice: Any) -> None:
        due(FichePageFactory(publiee=True))
        told()
        call_command("run_due")
        assert told() == {(redactrice.email, "Une page est à revoir")}
        call_command("run_due")
        assert told() == NOTHING
