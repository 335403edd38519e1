"""The way out of mails: once, again while the server does not answer, never lost, never twice."""

import datetime
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection, transaction
from django.utils import timezone
from pytest_django.plugin import DjangoDbBlocker

from socle import sortie
from socle.courriels import ATTENTES
from socle.models import CourrielASortir
from tests.harness import database

LATER = datetime.timedelta(minutes=2)


class Down(EmailBackend):
    """A server that does not answer, except about some addresses."""

    answers: str = ""

    def send_messages(self, messages: Any) -> int:
        if messages[0].to != [self.answers]:
            raise ConnectionRefusedError("nobody there")
        return super().send_messages(messages)


class Killed(EmailBackend):
    """A server that takes the mail, in a process that then dies."""

    def send_messages(self, messages: Any) -> int:
        super().send_messages(messages)
        raise KeyboardInterrupt


def deposer(cle: str = "essai:1", **more: Any) -> bool:
    return sortie.deposer(cle, "a@exemple.test", "Sujet", "Corps", **more)


def waiting() -> CourrielASortir:
    return CourrielASortir.objects.get()


@pytest.mark.django_db
class TestOnce:
    def test_it_leaves_when_the_transaction_is_committed(self, django_capture_on_commit_callbacks: Any) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            assert deposer()
            assert not deposer()
            assert mail.outbox == []
        [message] = mail.outbox
        assert message.subject.endswith("] Sujet")
        assert message.extra_headers["Auto-Submitted"] == "auto-generated"
        assert waiting().envoye_le is not None
        assert sortie.sortir_ce_qui_attend() == 0
        # The key stays used.
        assert not deposer()

    def test_not_when_it_is_rolled_back(self, django_capture_on_commit_callbacks: Any) -> None:
        with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
            deposer()
            transaction.set_rollback(True)
        assert mail.outbox == []
        assert deposer()

    def test_the_clock_sends_what_the_task_did_not(self) -> None:
        deposer()
        assert (sortie.sortir_ce_qui_attend(), sortie.sortir_ce_qui_attend()) == (1, 0)

    def test_one_that_is_held_back_waits_for_its_time(self) -> None:
        deposer(apres=timezone.now() + LATER)
        assert sortie.sortir_ce_qui_attend() == 0
        sortie.sortir.call(waiting().pk)
        assert mail.outbox == []
        assert sortie.sortir_ce_qui_attend(timezone.now() + LATER) == 1

    def test_a_text_that_ties_somebody_is_forgotten(self) -> None:
        deposer(a_effacer=True)
        assert waiting().corps == "Corps"
        sortie.sortir_ce_qui_attend()
        assert mail.outbox[0].body == "Corps"
        assert (waiting().corps, waiting().destinataire, waiting().cle) == ("", "", "essai:1")

    def test_the_subject_says_whose_it_is_and_fits(self) -> None:
        sortie.deposer("essai:1", "a@exemple.test", "x" * 500, "Corps")
        assert len(waiting().sujet) == 200


@pytest.mark.django_db
class TestTakenBack:
    def test_what_has_not_left(self) -> None:
        deposer("essai:1:un")
        deposer("essai:12:un")
        assert sortie.retirer("essai:1:") == 1
        assert sortie.sortir_ce_qui_attend() == 1
        assert sortie.retirer("essai:12:") == 0
        # What was taken back may be said later.
        assert deposer("essai:1:un")

    def test_names_are_not_patterns(self) -> None:
        deposer("essai:1:un")
        assert sortie.retirer("essai_1%") == 0


@pytest.mark.django_db
class TestServerDown:
    @pytest.fixture(autouse=True)
    def down(self, settings: Any) -> None:
        settings.EMAIL_BACKEND = f"{__name__}.Down"

    def test_it_is_tried_again_for_a_day_then_given_up(self, caplog: pytest.LogCaptureFixture) -> None:
        deposer()
        moment = timezone.now()
        for attempt, wait in enumerate(ATTENTES, start=1):
            assert sortie.sortir_ce_qui_attend(moment) == 0
            assert (waiting().essais, waiting().apres) == (attempt, moment + wait)
            assert sortie.sortir_ce_qui_attend(moment + wait / 2) == 0
            assert waiting().essais == attempt
            moment += wait
        sortie.sortir_ce_qui_attend(moment)
        assert waiting().abandonne_le == moment
        assert [record.levelname for record in caplog.records if record.levelname == "ERROR"] == ["ERROR"]
        assert "exemple.test" not in caplog.text
        sortie.sortir_ce_qui_attend(moment + LATER)
        assert waiting().essais == len(ATTENTES) + 1

    def test_it_leaves_once_when_the_server_is_back(self, monkeypatch: pytest.MonkeyPatch) -> None:
        deposer()
        now = timezone.now()
        sortie.sortir_ce_qui_attend(now)
        monkeypatch.setattr(Down, "answers", "a@exemple.test")
        assert sortie.sortir_ce_qui_attend(now + LATER) == 1
        assert sortie.sortir_ce_qui_attend(now + LATER) == 0
        assert len(mail.outbox) == 1

    def test_one_address_does_not_stop_the_others(self, monkeypatch: pytest.MonkeyPatch) -> None:
        deposer()
        sortie.deposer("essai:2", "b@exemple.test", "Sujet", "Corps")
        monkeypatch.setattr(Down, "answers", "b@exemple.test")
        assert sortie.sortir_ce_qui_attend() == 1

    def test_the_gesture_does_not_fail_with_the_server(self, django_capture_on_commit_callbacks: Any) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            deposer()
        assert waiting().essais == 1


@pytest.mark.django_db
class TestForgotten:
    def test_what_left_or_was_given_up_long_ago(self) -> None:
        old = timezone.now() - sortie.CONSERVATION - LATER
        for cle, fields in (
            ("parti", {"envoye_le": old}),
            ("abandonne", {"abandonne_le": old}),
            ("recent", {"envoye_le": timezone.now()}),
            ("attend", {"apres": old}),
        ):
            CourrielASortir.objects.create(cle=cle, destinataire="a@exemple.test", sujet="S", corps="C", **fields)
        assert (sortie.oublier_les_courriels(), sortie.oublier_les_courriels()) == (2, 0)
        assert set(CourrielASortir.objects.values_list("cle", flat=True)) == {"recent", "attend"}


# --- Several processes, each with its connection ---


@pytest.fixture
def own_database(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """A database that every connection sees."""
    with django_db_blocker.unblock(), database.private_copy(database.ensure_model, f"test_sortie_{os.getpid()}"):
        yield


def at_once(*gestures: Any) -> list[Any]:
    start = Barrier(len(gestures))

    def do(gesture: Any) -> Any:
        try:
            start.wait(timeout=10)
            return gesture()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(gestures)) as pool:
        return list(pool.map(do, gestures))


def test_several_at_once(own_database: None, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    for rank in range(20):
        CourrielASortir.objects.create(cle=f"essai:{rank}", destinataire=f"{rank}@exemple.test", sujet="S", corps="C")
    # Two workers at once: each mail leaves by one of them.
    assert sum(at_once(*[sortie.sortir_ce_qui_attend] * 4)) == 20
    assert len({message.to[0] for message in mail.outbox}) == len(mail.outbox) == 20

    # The same key at once: one mail.
    mail.outbox.clear()
    assert sorted(at_once(*[lambda: deposer("essai:meme")] * 4)) == [False, False, False, True]
    assert len(mail.outbox) == 1

    # Killed between the server's answer and ours: sent again, under the same number.
    mail.outbox.clear()
    row = CourrielASortir.objects.create(cle="essai:tue", destinataire="a@exemple.test", sujet="S", corps="C")
    settings.EMAIL_BACKEND = f"{__name__}.Killed"
    with pytest.raises(KeyboardInterrupt):
        sortie.envoyer(row.pk)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert sortie.sortir_ce_qui_attend() == 1
    numbers = {message.message()["Message-ID"] for message in mail.outbox}
    assert (len(mail.outbox), len(numbers)) == (2, 1)

    # One that is leaving is not waited for by whoever takes it back.
    row = CourrielASortir.objects.create(cle="essai:part", destinataire="a@exemple.test", sujet="S", corps="C")
    with transaction.atomic():
        CourrielASortir.objects.select_for_update().get(pk=row.pk)

        def take_back() -> int:
            with transaction.atomic():
                return sortie.retirer("essai:part")

        assert at_once(take_back) == [0]
